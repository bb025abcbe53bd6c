-- prepayment_scam_marker: clusters with ads that demand payment before meeting.
-- reads   cue, shown_ad      grain  cluster
-- Shown, never counted. Comments are written by others than the advertiser.
SELECT shown.cluster_id, shown.cluster_id AS subject, 'context-only' AS strength, max(shown.last_seen) AS last_supported,
       list(DISTINCT {'ad_id': shown.ad_id, 'field': cue.field, 'shown': cue.quote}) AS evidence
FROM cue JOIN shown_ad AS shown USING (version_id)
WHERE cue.indicator = 'prepayment_scam_marker' AND NOT cue.negated AND cue.field <> 'comment' AND shown.cluster_id IS NOT NULL
GROUP BY shown.cluster_id
