-- score_write: tonight's bands, as the stage hands them over.
-- reads   priority_rows (of the caller: columns as the table)      writes  cluster_priority      grain  cluster
INSERT INTO cluster_priority BY NAME SELECT * FROM priority_rows
