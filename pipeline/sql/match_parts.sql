-- match_parts: all hashes of some pictures that are good enough to compare.
-- reads   photo_hash      grain  (photo_id, kind)      params  $photos: picture ids; $quality: lowest PDQ quality, 0-100
SELECT photo_id, kind, bits
FROM (
    SELECT photo_id, 'whole' AS kind, pdq AS bits, quality FROM photo_hash WHERE pdq IS NOT NULL
    UNION ALL
    SELECT photo_id, part.kind, part.hash, part.quality FROM photo_hash, unnest(parts) AS unnested(part))
WHERE quality >= $quality AND photo_id IN (SELECT unnest($photos::BIGINT[]))
ORDER BY photo_id, kind;
