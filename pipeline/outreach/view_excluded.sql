-- view_excluded: what a cluster's ads show that never links, with the reason and in how many of its ads.
-- reads   the review snapshot      grain  (kind, id)      params  $cluster
WITH shown AS (
    SELECT 'contact' AS kind, contact_id AS id, ad_id, shown FROM contact
    UNION ALL SELECT 'recycled', contact_id, ad_id, shown FROM contact
    UNION ALL SELECT 'photo_group', photo_group::VARCHAR, ad_id, '' FROM photo_group
    UNION ALL SELECT 'text_template', text_template::VARCHAR, ad_id, '' FROM text_template)
SELECT excluded.kind, min(shown.shown) AS shown, excluded.reason, count(DISTINCT shown.ad_id)::INTEGER AS ads
FROM excluded JOIN shown USING (kind, id) JOIN cluster_member AS mine ON mine.ad_id = shown.ad_id AND mine.cluster_id = $cluster
GROUP BY excluded.kind, excluded.id, excluded.reason
ORDER BY ALL;
