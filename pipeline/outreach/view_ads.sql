-- view_ads: the ads of one cluster in the order in which they first appeared, with what tells them apart.
-- reads   the review snapshot      grain  ad      params  $cluster
WITH mine AS (SELECT ad_id FROM cluster_member WHERE cluster_id = $cluster),
placed AS (SELECT ad_id, min(municipality) AS municipality FROM place WHERE main AND ad_id IN (FROM mine) GROUP BY ad_id),
aged AS (SELECT ad_id, min(age) AS age FROM stated_age WHERE ad_id IN (FROM mine) GROUP BY ad_id),
reached AS (
    SELECT ad_id, list_sort(list(DISTINCT {'kind': kind, 'id': contact_id, 'shown': shown})) AS contacts
    FROM contact WHERE ad_id IN (FROM mine) GROUP BY ad_id),
pictured AS (SELECT ad_id, list(DISTINCT photo_group ORDER BY photo_group) AS pictures FROM photo_group WHERE stop = '' AND ad_id IN (FROM mine) GROUP BY ad_id),
people AS (SELECT ad_id, min(persona) AS persona FROM persona WHERE main AND ad_id IN (FROM mine) GROUP BY ad_id),
templated AS (
    SELECT text_template.ad_id, min(text_template) AS template
    FROM text_template JOIN ad ON ad.ad_id = text_template.ad_id AND ad.current_version = text_template.version_id
    WHERE text_template.ad_id IN (FROM mine) GROUP BY text_template.ad_id)
SELECT ad.ad_id, ad.site, ad.url, ad.category, ad.first_seen, ad.last_seen, coalesce(placed.municipality, '') AS municipality, aged.age,
       coalesce(reached.contacts, []) AS contacts, coalesce(pictured.pictures, []) AS pictures, coalesce(people.persona, '') AS persona, templated.template
FROM ad
LEFT JOIN placed ON placed.ad_id = ad.ad_id LEFT JOIN aged ON aged.ad_id = ad.ad_id LEFT JOIN reached ON reached.ad_id = ad.ad_id
LEFT JOIN pictured ON pictured.ad_id = ad.ad_id LEFT JOIN people ON people.ad_id = ad.ad_id LEFT JOIN templated ON templated.ad_id = ad.ad_id
WHERE ad.ad_id IN (FROM mine)
ORDER BY ad.first_seen, ad.ad_id;
