-- live_in_cue: clusters with a parlour's or recruiter's ad that ties housing to the work.
-- reads   ad, cue, shown_ad      grain  cluster
-- One such ad is enough: a recruiter writes once for many. Somebody's own ad that mentions a home is not of this kind.
SELECT shown.cluster_id, shown.cluster_id AS subject, 'moderate' AS strength, max(shown.last_seen) AS last_supported, min(cue.quote) AS phrase,
       list(DISTINCT {'ad_id': shown.ad_id, 'field': cue.field, 'shown': cue.quote}) AS evidence
FROM cue JOIN shown_ad AS shown USING (version_id) JOIN ad ON ad.ad_id = shown.ad_id
WHERE cue.indicator = 'live_in_cue' AND NOT cue.negated AND cue.field <> 'comment' AND shown.cluster_id IS NOT NULL
  AND ad.category IN ('massage', 'recruitment')
GROUP BY shown.cluster_id
