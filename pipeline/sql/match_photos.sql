-- match_photos: hashes of the picture itself that are good enough to compare, and whether the picture was compared on an earlier night.
-- reads   picture_hash (match_hashes), photo_group      grain  (photo_id, kind)      params  $quality: lowest PDQ quality, 0-100; $kinds: which hashes
SELECT hash.photo_id, hash.kind, hash.bits, known.photo_id IS NULL AS fresh
FROM picture_hash AS hash
LEFT JOIN photo_group AS known ON known.photo_id = hash.photo_id
WHERE hash.quality >= $quality AND list_contains($kinds, hash.kind)
ORDER BY hash.photo_id, hash.kind;
