-- detect_finding: findings from lists of equal length, one item a finding.
-- writes  finding      grain  finding_id      params  $id, $indicator, $cluster, $subject, $strength, $last, $sv, $en
INSERT INTO finding SELECT unnest($id::VARCHAR[]), unnest($indicator::VARCHAR[]), unnest($cluster::VARCHAR[]), unnest($subject::VARCHAR[]),
    unnest($strength::VARCHAR[]), unnest($last::TIMESTAMP[]), unnest($sv::VARCHAR[]), unnest($en::VARCHAR[])
