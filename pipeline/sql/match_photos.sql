-- match_photos: hashes of the picture itself that are good enough to compare, and whether the picture was compared on an earlier night.
-- reads   picture_hash (match_hashes), photo_hash, photo_group      grain  (photo_id, kind)
-- params  $quality: lowest PDQ quality, 0-100; $kinds: which hashes
-- alike: one number for pictures whose hashes are all the same, parts included; of no meaning outside this answer.
SELECT hash.photo_id, hash.kind, hash.bits, known.photo_id IS NULL AS fresh, hash(picture.pdq, picture.parts) AS alike
FROM picture_hash AS hash JOIN photo_hash AS picture ON picture.photo_id = hash.photo_id
LEFT JOIN photo_group AS known ON known.photo_id = hash.photo_id
WHERE hash.quality >= $quality AND list_contains($kinds, hash.kind)
ORDER BY hash.photo_id, hash.kind;
