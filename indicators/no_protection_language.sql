-- no_protection_language: clusters where enough of the ads offer the absence of protection or limits.
-- reads   cue, shown_ad      grain  cluster      params  $min_share: of the cluster's ads, 0 to 1
-- A share, not a count. The words are never shown: only that the ad belongs to the category.
WITH said AS (
    SELECT shown.cluster_id, shown.ad_id, shown.last_seen, cue.field, min(cue.quote) AS quote
    FROM cue JOIN shown_ad AS shown USING (version_id)
    WHERE cue.indicator = 'no_protection_language' AND NOT cue.negated AND cue.field <> 'comment' AND shown.cluster_id IS NOT NULL GROUP BY ALL),
size AS (SELECT cluster_id, count(*) AS ads FROM shown_ad WHERE cluster_id IS NOT NULL GROUP BY ALL)
SELECT cluster_id, cluster_id AS subject, 'weak' AS strength, max(last_seen) AS last_supported,
       list(DISTINCT {'ad_id': ad_id, 'field': field, 'shown': 'hälsorisk'}) AS evidence
FROM said JOIN size USING (cluster_id) GROUP BY cluster_id, ads HAVING count(DISTINCT ad_id) >= $min_share * ads
