-- match_hashes: every hash of every picture, of the whole and of its parts.
-- reads   photo_hash      writes  picture_hash (temporary view)      grain  (photo_id, kind)
CREATE OR REPLACE TEMP VIEW picture_hash AS
SELECT photo_id, 'whole' AS kind, pdq AS bits, quality FROM photo_hash WHERE pdq IS NOT NULL
UNION ALL
SELECT photo_id, part.kind, part.hash, part.quality FROM photo_hash, unnest(parts) AS unnested(part);
