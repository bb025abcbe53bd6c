-- score_findings: findings that may count for a cluster, in a fixed order.      reads  finding
SELECT finding_id, indicator, cluster_id, subject, strength, last_supported, sentence_sv FROM finding WHERE cluster_id IS NOT NULL ORDER BY cluster_id, finding_id
