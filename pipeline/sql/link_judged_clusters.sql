-- link_judged_clusters: in which clusters the ads of each judgement are that a night could follow.
-- reads   link_judgement, link_judged_ad, cluster_member      grain  judgement
SELECT judgement, list(DISTINCT cluster_id ORDER BY cluster_id) FILTER (cluster_id IS NOT NULL) AS clusters
FROM link_judgement JOIN link_judged_ad USING (judgement) LEFT JOIN cluster_member USING (ad_id)
WHERE state <> 'gone'
GROUP BY judgement
ORDER BY judgement;
