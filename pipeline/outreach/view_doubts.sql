-- view_doubts: what else may belong to some clusters: links that were not followed, by the cluster or the single ad at their other end.
-- reads   the review snapshot      grain  (cluster, other, why)      params  $clusters: names joined by commas
WITH mine AS MATERIALIZED (
    SELECT cluster_id, ad_id FROM cluster_member SEMI JOIN (SELECT unnest(string_split($clusters, ',')) AS cluster_id) AS asked USING (cluster_id)),
ends AS (
    SELECT left_ad AS here, right_ad AS there, left_ad, right_ad, why FROM cluster_doubt
    UNION ALL SELECT right_ad, left_ad, left_ad, right_ad, why FROM cluster_doubt)
SELECT mine.cluster_id, coalesce(other.cluster_id, '') AS other, ends.why, count(DISTINCT ends.there)::INTEGER AS ads,
       list(DISTINCT link.kind ORDER BY link.kind) FILTER (link.kind IS NOT NULL) AS kinds
FROM ends JOIN mine ON mine.ad_id = ends.here
LEFT JOIN cluster_member AS other ON other.ad_id = ends.there
LEFT JOIN link ON link.left_ad = ends.left_ad AND link.right_ad = ends.right_ad
WHERE other.cluster_id IS DISTINCT FROM mine.cluster_id
GROUP BY ALL
ORDER BY ALL;
