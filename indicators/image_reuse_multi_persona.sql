-- image_reuse_multi_persona: pictures in ads that differ in both name and phone.
-- reads   photo_group, photo_match, person, shown_ad, observed, excluded      grain  cluster      params  $min_images, $min_ads
-- An ad with two numbers has both: two ads differ in phone only when they share none.
WITH bearer AS (
    SELECT person.cluster_id, photo.photo_group, photo.photo_id, person.ad_id, observed.persona_name AS name, person.last_seen,
           list(DISTINCT person.contact_id ORDER BY person.contact_id) AS phones
    FROM photo_group AS photo
    JOIN person ON person.ad_id = photo.ad_id AND person.kind = 'phone'
    JOIN shown_ad AS shown ON shown.ad_id = photo.ad_id
    JOIN observed ON observed.version_id = shown.version_id AND observed.persona_name <> ''
    WHERE photo.stop = '' AND photo.photo_group::VARCHAR NOT IN (SELECT id FROM excluded WHERE kind = 'photo_group')
    GROUP BY ALL),
face AS (SELECT DISTINCT cluster_id, photo_group, name, phones FROM bearer),
reused AS (
    SELECT DISTINCT cluster_id, photo_group
    FROM face AS one JOIN face AS other USING (cluster_id, photo_group)
    WHERE one.name < other.name AND NOT list_has_any(one.phones, other.phones)),
identity AS (
    SELECT cluster_id, photo_group, least(count(DISTINCT name), len(list_distinct(flatten(list(phones))))) AS identities
    FROM face JOIN reused USING (cluster_id, photo_group) GROUP BY ALL),
likeness AS (
    SELECT photo_id, bool_or(how = 'same') AS plain, min(how) AS how
    FROM (SELECT left_photo AS photo_id, how FROM photo_match UNION ALL SELECT right_photo, how FROM photo_match) AS half
    SEMI JOIN bearer USING (photo_id) GROUP BY photo_id)
SELECT bearer.cluster_id, bearer.cluster_id AS subject, 'moderate' AS strength, max(bearer.last_seen) AS last_supported, max(identity.identities) AS n,
       list(DISTINCT {'ad_id': bearer.ad_id, 'field': 'image', 'shown': CASE WHEN coalesce(likeness.plain, true) THEN 'samma bild'
            WHEN likeness.how = 'mirrored' THEN 'samma bild, spegelvänd' ELSE 'samma bild, vriden' END}) AS evidence
FROM bearer JOIN identity USING (cluster_id, photo_group) LEFT JOIN likeness ON likeness.photo_id = bearer.photo_id
GROUP BY bearer.cluster_id
HAVING count(DISTINCT bearer.photo_group) >= $min_images OR count(DISTINCT bearer.ad_id) >= $min_ads
