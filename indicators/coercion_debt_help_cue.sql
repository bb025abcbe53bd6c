-- coercion_debt_help_cue: ads whose text or comments may speak of debt, force or a wish for help. A person reads them the same day.
-- reads   cue, shown_ad      grain  ad      cluster_id is NULL for an ad on its own
-- Any version of the ad: what was edited away is no less worth reading.
SELECT shown.cluster_id, 'ad:' || shown.ad_id AS subject, 'route' AS strength, shown.last_seen AS last_supported,
       list(DISTINCT {'ad_id': shown.ad_id, 'field': cue.field, 'shown': cue.quote}) AS evidence
FROM cue JOIN shown_ad AS shown USING (ad_id)
WHERE cue.indicator = 'coercion_debt_help_cue' AND NOT cue.negated GROUP BY ALL
