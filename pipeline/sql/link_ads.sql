-- link_ads: what Splink compares, one row an ad. NULL where an ad says nothing.
-- reads   link_sign, ad, observed, place, contact, text_template, price, photo_match, photo_hash, persona      grain  ad_id
-- A contact carries its owner's number, so that the next owner of a recycled number shares nothing with the one before. Two ads with
-- nearly the same picture share a mark of that pair of pictures. `advertiser` counts how many use a value, however often they post.
WITH contacted AS (
    SELECT ad_id, list(DISTINCT shared || '/' || owner ORDER BY shared || '/' || owner) AS contacts
    FROM link_sign WHERE kind NOT IN ('photo', 'template') GROUP BY ad_id),
pictured AS (SELECT ad_id, list(DISTINCT shared ORDER BY shared) AS photos FROM link_sign WHERE kind = 'photo' GROUP BY ad_id),
mark AS (
    SELECT unnest([one.ad_id, other.ad_id]) AS ad_id, left_photo || '/' || right_photo AS mark
    FROM photo_match JOIN photo_hash AS one ON one.photo_id = left_photo JOIN photo_hash AS other ON other.photo_id = right_photo
    WHERE needs_second_sign AND one.ad_id <> other.ad_id),
nearly AS (SELECT ad_id, list(DISTINCT mark ORDER BY mark) AS near FROM mark GROUP BY ad_id),
templated AS (SELECT ad_id, list(DISTINCT shared ORDER BY shared) AS templates, min(shared) AS template FROM link_sign WHERE kind = 'template' GROUP BY ad_id),
named AS (SELECT version_id, nullif(persona_name, '') AS name FROM observed),
placed AS (SELECT version_id, min(municipality) AS place FROM place WHERE main GROUP BY version_id),
posted AS (SELECT ad_id, min(contact_id) AS account FROM contact WHERE kind = 'account' GROUP BY ad_id),
priced AS (SELECT ad_id, list(DISTINCT amount || '/' || coalesce(minutes, 0)) AS prices FROM price GROUP BY ad_id),
person AS (SELECT ad_id, min(contact_id) AS contact_id FROM persona WHERE main AND contact_id <> '' GROUP BY ad_id)
SELECT ad.ad_id, contacted.contacts, pictured.photos, coalesce(nearly.near, []) AS near, templated.templates, templated.template, named.name, placed.place,
       posted.account, priced.prices, coalesce(person.contact_id, ad.ad_id::VARCHAR) AS advertiser
FROM ad
LEFT JOIN contacted USING (ad_id) LEFT JOIN pictured USING (ad_id) LEFT JOIN nearly USING (ad_id) LEFT JOIN templated USING (ad_id)
LEFT JOIN named ON named.version_id = ad.current_version LEFT JOIN placed ON placed.version_id = ad.current_version
LEFT JOIN posted USING (ad_id) LEFT JOIN priced USING (ad_id) LEFT JOIN person USING (ad_id)
WHERE ad.ad_id IN (SELECT ad_id FROM link_sign)
ORDER BY ad.ad_id;
