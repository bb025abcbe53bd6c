-- detect_evidence: evidence from lists of equal length, one item a row.
-- writes  finding_evidence      grain  (finding_id, ad_id, field, shown)      params  $id, $ad, $field, $shown
INSERT INTO finding_evidence SELECT unnest($id::VARCHAR[]), unnest($ad::BIGINT[]), unnest($field::VARCHAR[]), unnest($shown::VARCHAR[])
