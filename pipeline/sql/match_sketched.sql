-- match_sketched: the texts that can be compared, in the order in which they stand side by side.
-- reads   text_sketch      grain  version_id
SELECT version_id, bands FROM text_sketch WHERE len(bands) > 0 ORDER BY version_id;
