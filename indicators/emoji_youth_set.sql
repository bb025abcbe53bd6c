-- emoji_youth_set: ads whose text shows emoji that are said to stand for youth. Read by the child route's combination alone, never written.
-- reads   youth_emoji, shown_ad      grain  ad
SELECT NULL::VARCHAR AS cluster_id, 'ad:' || shown.ad_id AS subject, 'context-only' AS strength, shown.last_seen AS last_supported,
       [{'ad_id': shown.ad_id, 'field': 'text', 'shown': 'emoji'}] AS evidence
FROM youth_emoji JOIN shown_ad AS shown USING (ad_id)
