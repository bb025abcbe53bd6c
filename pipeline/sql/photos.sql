-- photos: hashes of the pictures of ads that passed the minor check.
-- reads   landed_image, observed      writes  photo_hash
-- grain   photo_id: an ad's picture address
-- Ads with a stated age under 18 in any version keep no hash: their pictures are nobody's business but the authorities'.
INSERT INTO photo_hash
SELECT (md5_number_lower(ad_id::VARCHAR || chr(10) || image)::UBIGINT >> 1)::BIGINT AS photo_id,
       any_value(ad_id), any_value(image), any_value(pdq), any_value(quality), any_value(unreadable), min(seen_at), any_value(parts)
FROM landed_image
WHERE ad_id NOT IN (SELECT ad_id FROM observed WHERE minor)
GROUP BY 1
ON CONFLICT (photo_id) DO UPDATE SET pdq = excluded.pdq, quality = excluded.quality, unreadable = excluded.unreadable, parts = excluded.parts
    WHERE photo_hash.pdq IS NULL AND excluded.pdq IS NOT NULL;
