-- trust_assurance_language: clusters where enough of the ads assure that they are real.
-- reads   cue, shown_ad      grain  cluster      params  $min_share: of the cluster's ads, $max_share: of all ads, 0 to 1
-- A share, not a count: a large cluster does not show the sign by its size. Comments are written by others than the advertiser.
WITH said AS (
    SELECT shown.cluster_id, shown.ad_id, shown.last_seen, cue.field, min(cue.quote) AS quote
    FROM cue JOIN shown_ad AS shown USING (version_id)
    WHERE cue.indicator = 'trust_assurance_language' AND NOT cue.negated AND cue.field <> 'comment' AND shown.cluster_id IS NOT NULL GROUP BY ALL),
size AS (SELECT cluster_id, count(*) AS ads FROM shown_ad WHERE cluster_id IS NOT NULL GROUP BY ALL),
usual AS (SELECT (SELECT count(DISTINCT cue.ad_id) FROM cue JOIN shown_ad USING (version_id) WHERE cue.indicator = 'trust_assurance_language' AND NOT cue.negated)
              / greatest(count(*), 1) AS base FROM shown_ad)
SELECT cluster_id, cluster_id AS subject, 'weak' AS strength, max(last_seen) AS last_supported,
       list(DISTINCT {'ad_id': ad_id, 'field': field, 'shown': quote}) AS evidence
FROM said JOIN size USING (cluster_id) WHERE (SELECT base FROM usual) <= $max_share GROUP BY cluster_id, ads HAVING count(DISTINCT ad_id) >= $min_share * ads
