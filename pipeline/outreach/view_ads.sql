-- view_ads: the ads of some clusters in the order in which they first appeared, with what tells them apart.
-- reads   the review snapshot      grain  (cluster, ad)      params  $clusters: names joined by commas; a list is handed over value by value, slowly
WITH mine AS MATERIALIZED (
    SELECT cluster_id, ad_id FROM cluster_member SEMI JOIN (SELECT unnest(string_split($clusters, ',')) AS cluster_id) AS asked USING (cluster_id)),
placed AS (SELECT ad_id, min(municipality) AS municipality FROM place SEMI JOIN mine USING (ad_id) WHERE main GROUP BY ad_id),
aged AS (SELECT ad_id, min(age) AS age FROM stated_age SEMI JOIN mine USING (ad_id) GROUP BY ad_id),
reached AS (
    SELECT ad_id, list_sort(list(DISTINCT {'kind': kind, 'id': contact_id, 'shown': shown})) AS contacts
    FROM contact SEMI JOIN mine USING (ad_id) GROUP BY ad_id),
pictured AS (
    SELECT ad_id, list(DISTINCT photo_group ORDER BY photo_group) AS pictures FROM photo_group SEMI JOIN mine USING (ad_id) WHERE stop = '' GROUP BY ad_id),
people AS (SELECT ad_id, min(persona) AS persona FROM persona SEMI JOIN mine USING (ad_id) WHERE main GROUP BY ad_id),
templated AS (SELECT ad_id, version_id, min(text_template) AS template FROM text_template SEMI JOIN mine USING (ad_id) GROUP BY ad_id, version_id)
SELECT mine.cluster_id, ad.ad_id, ad.site, ad.url, ad.category, ad.first_seen, ad.last_seen, coalesce(placed.municipality, '') AS municipality, aged.age,
       coalesce(reached.contacts, []) AS contacts, coalesce(pictured.pictures, []) AS pictures, coalesce(people.persona, '') AS persona, templated.template
FROM mine
JOIN ad ON ad.ad_id = mine.ad_id
LEFT JOIN placed ON placed.ad_id = ad.ad_id LEFT JOIN aged ON aged.ad_id = ad.ad_id LEFT JOIN reached ON reached.ad_id = ad.ad_id
LEFT JOIN pictured ON pictured.ad_id = ad.ad_id LEFT JOIN people ON people.ad_id = ad.ad_id
LEFT JOIN templated ON templated.ad_id = ad.ad_id AND templated.version_id = ad.current_version
ORDER BY mine.cluster_id, ad.first_seen, ad.ad_id;
