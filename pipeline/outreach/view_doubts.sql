-- view_doubts: what else may belong to a cluster: links that were not followed, by the cluster or the single ad at their other end.
-- reads   the review snapshot      grain  (other, why)      params  $cluster
WITH ends AS (
    SELECT left_ad AS here, right_ad AS there, left_ad, right_ad, why FROM cluster_doubt
    UNION ALL SELECT right_ad, left_ad, left_ad, right_ad, why FROM cluster_doubt)
SELECT coalesce(other.cluster_id, '') AS other, ends.why, count(DISTINCT ends.there)::INTEGER AS ads,
       list(DISTINCT link.kind ORDER BY link.kind) FILTER (link.kind IS NOT NULL) AS kinds
FROM ends JOIN cluster_member AS mine ON mine.ad_id = ends.here AND mine.cluster_id = $cluster
LEFT JOIN cluster_member AS other ON other.ad_id = ends.there
LEFT JOIN link ON link.left_ad = ends.left_ad AND link.right_ad = ends.right_ad
WHERE other.cluster_id IS DISTINCT FROM $cluster
GROUP BY ALL
ORDER BY ALL;
