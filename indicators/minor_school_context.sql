-- minor_school_context: ads of which any version speaks of school. Never tied to a cluster, never counted.
-- reads   ad, cue      grain  ad
-- What a visitor writes of school is an input of minor_possible_review.
SELECT NULL::VARCHAR AS cluster_id, 'ad:' || ad.ad_id AS subject, 'route' AS strength, ad.last_seen AS last_supported,
       list(DISTINCT {'ad_id': ad.ad_id, 'field': cue.field, 'shown': cue.quote}) AS evidence
FROM ad JOIN cue USING (ad_id)
WHERE cue.indicator = 'minor_school_context' AND NOT cue.negated AND cue.field <> 'comment'
GROUP BY ad.ad_id, ad.last_seen
