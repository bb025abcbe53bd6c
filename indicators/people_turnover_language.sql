-- people_turnover_language: clusters of which an ad promises new people regularly.
-- reads   cue, shown_ad      grain  cluster
-- One ad is enough, as this says how a house supplies itself and not how somebody writes: shares are for weak signs. Comments are written
-- by others than the advertiser.
SELECT shown.cluster_id, shown.cluster_id AS subject, 'moderate' AS strength, max(shown.last_seen) AS last_supported, min(cue.quote) AS phrase,
       list(DISTINCT {'ad_id': shown.ad_id, 'field': cue.field, 'shown': cue.quote}) AS evidence
FROM cue JOIN shown_ad AS shown USING (version_id)
WHERE cue.indicator = 'people_turnover_language' AND NOT cue.negated AND cue.field <> 'comment' AND shown.cluster_id IS NOT NULL
GROUP BY shown.cluster_id
