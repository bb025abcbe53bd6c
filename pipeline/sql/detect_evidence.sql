-- detect_evidence: evidence rows from lists of equal length.      writes  finding_evidence
INSERT INTO finding_evidence SELECT unnest($id::VARCHAR[]), unnest($ad::BIGINT[]), unnest($field::VARCHAR[]), unnest($shown::VARCHAR[])
