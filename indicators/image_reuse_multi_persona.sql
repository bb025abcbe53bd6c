-- image_reuse_multi_persona: a picture under different names and different phones.
-- reads   shown_ad, observed, person, photo_group      grain  cluster      params  $min_images, $min_ads
-- Two names and two phones on one picture always hold a pair of ads that differ in both.
WITH bearer AS (
    SELECT DISTINCT person.cluster_id, photo.photo_group, person.ad_id, person.contact_id, observed.persona_name, person.last_seen
    FROM photo_group AS photo JOIN person ON person.ad_id = photo.ad_id AND person.kind = 'phone'
    JOIN shown_ad AS shown ON shown.ad_id = photo.ad_id
    JOIN observed ON observed.version_id = shown.version_id AND observed.persona_name <> ''
    WHERE photo.stop = '' AND photo.photo_group::VARCHAR NOT IN (SELECT id FROM excluded WHERE kind = 'photo_group')),
reused AS (
    SELECT cluster_id, photo_group FROM bearer GROUP BY ALL
    HAVING count(DISTINCT persona_name) >= 2 AND count(DISTINCT contact_id) >= 2)
SELECT cluster_id, cluster_id AS subject, 'moderate' AS strength, max(last_seen) AS last_supported, count(DISTINCT persona_name) AS n,
       list(DISTINCT {'ad_id': ad_id, 'field': 'image', 'shown': 'same picture'}) AS evidence
FROM bearer JOIN reused USING (cluster_id, photo_group) GROUP BY cluster_id
HAVING count(DISTINCT photo_group) >= $min_images OR count(DISTINCT ad_id) >= $min_ads
