-- access: all that is kept about one contact, one row an ad.
-- reads   contact, ad, ad_version, sighting, place, stated_stay, stated_age, ad_language, photo_hash, cue      params  $contact: its pseudonym      grain  ad
WITH own AS (SELECT DISTINCT ad_id FROM contact WHERE contact_id = $contact)
SELECT ad.site, ad.url, ad.category, ad.first_seen, ad.last_seen,
       (SELECT list({'seen': seen_at, 'title': title, 'body': body, 'name': name, 'age': age, 'city': city, 'price': price} ORDER BY seen_at)
        FROM ad_version WHERE ad_version.ad_id = ad.ad_id) AS texts,
       (SELECT list(seen_at ORDER BY seen_at) FROM sighting WHERE sighting.ad_id = ad.ad_id) AS seen,
       (SELECT list(DISTINCT municipality ORDER BY municipality) FROM place WHERE place.ad_id = ad.ad_id) AS municipalities,
       (SELECT list({'municipality': municipality, 'arrives': arrives, 'leaves': leaves} ORDER BY leaves, municipality)
        FROM (SELECT DISTINCT municipality, arrives, leaves FROM stated_stay WHERE stated_stay.ad_id = ad.ad_id)) AS stays,
       (SELECT list(DISTINCT age ORDER BY age) FROM stated_age WHERE stated_age.ad_id = ad.ad_id) AS ages,
       (SELECT list(DISTINCT code ORDER BY code) FROM ad_language WHERE ad_language.ad_id = ad.ad_id) AS languages,
       (SELECT count(*) FROM photo_hash WHERE photo_hash.ad_id = ad.ad_id) AS picture_hashes,
       (SELECT list(DISTINCT indicator ORDER BY indicator) FROM cue WHERE cue.ad_id = ad.ad_id AND NOT negated) AS signs
FROM ad WHERE ad.ad_id IN (SELECT ad_id FROM own)
ORDER BY ad.first_seen, ad.ad_id;
