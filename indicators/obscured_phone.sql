-- obscured_phone: clusters where enough of the ads write their phone so that several steps are needed to read it.
-- reads   contact, shown_ad      grain  cluster      params  $min_share: of the cluster's ads, 0 to 1, $min_steps
WITH hidden AS (
    SELECT shown.cluster_id, shown.ad_id, shown.last_seen, min(contact.shown) AS shown
    FROM contact JOIN shown_ad AS shown USING (version_id)
    WHERE contact.kind = 'phone' AND contact.steps >= $min_steps AND shown.cluster_id IS NOT NULL GROUP BY ALL),
size AS (SELECT cluster_id, count(*) AS ads FROM shown_ad WHERE cluster_id IS NOT NULL GROUP BY ALL)
SELECT cluster_id, cluster_id AS subject, 'weak' AS strength, max(last_seen) AS last_supported,
       list({'ad_id': ad_id, 'field': 'phone', 'shown': shown} ORDER BY ad_id) AS evidence
FROM hidden JOIN size USING (cluster_id) GROUP BY cluster_id, ads HAVING count(*) >= $min_share * ads
