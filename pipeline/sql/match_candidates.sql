-- match_candidates: pairs of texts worth comparing: each text of a bucket with its first and its two previous ones.
-- reads   text_sketch, fresh_version      grain  (left_version, right_version), at least one of them new
-- Linear in the number of texts: all pairs of a bucket would be quadratic in stock phrases.
WITH bucket AS (
    SELECT sketch.version_id, unnested.band
    FROM text_sketch AS sketch, unnest(sketch.bands) AS unnested(band)),
touched AS (SELECT DISTINCT band FROM bucket WHERE version_id IN (SELECT version_id FROM fresh_version)),
ordered AS (
    SELECT version_id,
           first_value(version_id) OVER bucketed AS first_version,
           lag(version_id, 1) OVER bucketed AS previous, lag(version_id, 2) OVER bucketed AS one_before
    FROM bucket SEMI JOIN touched USING (band)
    WINDOW bucketed AS (PARTITION BY band ORDER BY version_id)),
pair AS (
    SELECT first_version AS left_version, version_id AS right_version FROM ordered
    UNION SELECT previous, version_id FROM ordered
    UNION SELECT one_before, version_id FROM ordered)
SELECT pair.left_version, pair.right_version, left_text.masked, right_text.masked
FROM pair
JOIN text_sketch AS left_text ON left_text.version_id = pair.left_version
JOIN text_sketch AS right_text ON right_text.version_id = pair.right_version
WHERE pair.left_version <> pair.right_version
  AND (pair.left_version IN (SELECT version_id FROM fresh_version) OR pair.right_version IN (SELECT version_id FROM fresh_version))
  AND NOT EXISTS (SELECT 1 FROM text_match AS known WHERE known.left_version = pair.left_version AND known.right_version = pair.right_version)
ORDER BY 1, 2;
