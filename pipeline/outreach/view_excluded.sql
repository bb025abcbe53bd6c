-- view_excluded: what some clusters' ads show that never links, with the reason and in how many of a cluster's ads.
-- reads   the review snapshot      grain  (cluster, kind, id)      params  $clusters: names joined by commas
WITH mine AS MATERIALIZED (
    SELECT cluster_id, ad_id FROM cluster_member SEMI JOIN (SELECT unnest(string_split($clusters, ',')) AS cluster_id) AS asked USING (cluster_id)),
shown AS (
    SELECT 'contact' AS kind, contact_id AS id, ad_id, shown FROM contact SEMI JOIN mine USING (ad_id)
    UNION ALL SELECT 'recycled', contact_id, ad_id, shown FROM contact SEMI JOIN mine USING (ad_id)
    UNION ALL SELECT 'photo_group', photo_group::VARCHAR, ad_id, '' FROM photo_group SEMI JOIN mine USING (ad_id)
    UNION ALL SELECT 'text_template', text_template::VARCHAR, ad_id, '' FROM text_template SEMI JOIN mine USING (ad_id))
SELECT mine.cluster_id, excluded.kind, min(shown.shown) AS shown, excluded.reason, count(DISTINCT shown.ad_id)::INTEGER AS ads
FROM excluded JOIN shown USING (kind, id) JOIN mine ON mine.ad_id = shown.ad_id
GROUP BY mine.cluster_id, excluded.kind, excluded.id, excluded.reason
ORDER BY ALL;
