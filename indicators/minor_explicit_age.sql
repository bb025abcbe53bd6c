-- minor_explicit_age: ads of which any version gives an age under 18. Never tied to a cluster, never counted.
-- reads   ad, observed, stated_age, cue      grain  ad
-- Words of school have a sign of their own; a stated age that is no longer kept is still said.
SELECT NULL::VARCHAR AS cluster_id, 'ad:' || ad.ad_id AS subject, 'route' AS strength, ad.last_seen AS last_supported,
       list(DISTINCT {'ad_id': ad.ad_id, 'field': coalesce(stated.field, 'age'), 'shown': 'ålder under 18'}) AS evidence
FROM ad JOIN observed ON observed.ad_id = ad.ad_id AND observed.minor
LEFT JOIN stated_age AS stated ON stated.version_id = observed.version_id AND stated.minor
WHERE stated.version_id IS NOT NULL OR observed.version_id NOT IN (SELECT version_id FROM cue WHERE indicator = 'minor_school_context' AND NOT negated)
GROUP BY ALL
