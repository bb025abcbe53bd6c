-- restricted_movement_language: ads whose text says that the person may not leave or decide. A person reads them before they count.
-- reads   cue, shown_ad      grain  ad      cluster_id is NULL for an ad on its own
-- Any version of the ad: what was edited away is no less worth reading, nor is what a visitor wrote.
SELECT shown.cluster_id, 'ad:' || shown.ad_id AS subject, 'route' AS strength, shown.last_seen AS last_supported, min(cue.quote) AS phrase,
       list(DISTINCT {'ad_id': shown.ad_id, 'field': cue.field, 'shown': cue.quote}) AS evidence
FROM cue JOIN shown_ad AS shown USING (ad_id)
WHERE cue.indicator = 'restricted_movement_language' AND NOT cue.negated
GROUP BY shown.cluster_id, shown.ad_id, shown.last_seen
