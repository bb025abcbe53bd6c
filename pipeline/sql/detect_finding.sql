-- detect_finding: findings from lists of equal length.      writes  finding
INSERT INTO finding SELECT unnest($id::VARCHAR[]), unnest($indicator::VARCHAR[]), unnest($cluster::VARCHAR[]), unnest($subject::VARCHAR[]),
    unnest($strength::VARCHAR[]), unnest($last::TIMESTAMP[]), unnest($sv::VARCHAR[]), unnest($en::VARCHAR[])
