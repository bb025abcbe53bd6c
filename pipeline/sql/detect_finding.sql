-- detect_finding: tonight's findings, as the stage hands them over.
-- reads   finding_rows (of the caller: columns as the table)      writes  finding      grain  finding_id
INSERT INTO finding BY NAME SELECT * FROM finding_rows
