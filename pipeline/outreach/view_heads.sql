-- view_heads: how some clusters stand, and from which clusters they came.
-- reads   cluster, cluster_priority, cluster_lineage      grain  cluster      params  $clusters: names joined by commas
WITH asked AS (SELECT unnest(string_split($clusters, ',')) AS cluster_id),
came AS (
    SELECT asked.cluster_id, list({'run': run, 'to': line.cluster_id, 'from': from_cluster, 'why': why} ORDER BY run, line.cluster_id, from_cluster, why) AS lineage
    FROM asked JOIN cluster_lineage AS line ON asked.cluster_id IN (line.cluster_id, line.from_cluster) GROUP BY asked.cluster_id)
SELECT cluster.cluster_id, band, coverage, gate_met, held_by, parts, first_seen, last_seen, personas, coalesce(lineage, [])
FROM cluster SEMI JOIN asked USING (cluster_id)
LEFT JOIN cluster_priority AS priority ON priority.cluster_id = cluster.cluster_id LEFT JOIN came ON came.cluster_id = cluster.cluster_id
ORDER BY cluster.cluster_id;
