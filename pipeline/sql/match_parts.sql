-- match_parts: all hashes of some pictures that are good enough to compare.
-- reads   picture_hash (match_hashes)      grain  (photo_id, kind)      params  $photos: picture ids; $quality: lowest PDQ quality, 0-100
SELECT photo_id, kind, bits
FROM picture_hash
WHERE quality >= $quality AND photo_id IN (SELECT unnest($photos::BIGINT[]))
ORDER BY photo_id, kind;
