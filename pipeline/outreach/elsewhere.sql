-- elsewhere: clusters with a band that touch no municipality served, as counts.
-- reads   the review snapshot      grain  cluster      params  $served: municipalities served, none: all, and then there is no elsewhere
WITH located AS (
    SELECT member.cluster_id, list(DISTINCT municipality ORDER BY municipality) AS municipalities
    FROM cluster_member AS member JOIN place ON place.ad_id = member.ad_id AND place.main GROUP BY member.cluster_id),
told AS (SELECT cluster_id, list(DISTINCT indicator ORDER BY indicator) AS indicators FROM finding WHERE cluster_id IS NOT NULL GROUP BY cluster_id)
SELECT cluster.cluster_id, priority.band, located.municipalities, cluster.ads, cluster.personas, cluster.first_seen, cluster.last_seen,
       coalesce(told.indicators, []) AS indicators
FROM cluster JOIN cluster_priority AS priority USING (cluster_id) JOIN located USING (cluster_id) LEFT JOIN told USING (cluster_id)
WHERE priority.band IS NOT NULL AND len($served::VARCHAR[]) > 0 AND NOT list_has_any(located.municipalities, $served::VARCHAR[])
ORDER BY priority.band, cluster.last_seen DESC, cluster.cluster_id;
