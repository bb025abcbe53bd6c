-- detect_evidence: tonight's evidence, as the stage hands it over.
-- reads   evidence_rows (of the caller: columns as the table)      writes  finding_evidence      grain  (finding_id, ad_id, field, shown)
INSERT INTO finding_evidence BY NAME SELECT * FROM evidence_rows
