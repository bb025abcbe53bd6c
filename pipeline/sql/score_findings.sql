-- score_findings: findings that may count for a cluster, in a fixed order.
-- reads   finding      grain  finding
SELECT finding_id, indicator, cluster_id, subject, strength, last_supported FROM finding WHERE cluster_id IS NOT NULL ORDER BY cluster_id, finding_id
