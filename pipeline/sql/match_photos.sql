-- match_photos: hashes good enough to compare; known ones first, so that new ones are asked against them.
-- reads   photo_hash, photo_group      params  $quality: lowest PDQ quality, 0-100
SELECT hash.photo_id, hash.pdq, known.photo_id IS NOT NULL AS known
FROM photo_hash AS hash LEFT JOIN photo_group AS known ON known.photo_id = hash.photo_id
WHERE hash.pdq IS NOT NULL AND hash.quality >= $quality
ORDER BY known DESC, hash.photo_id;
