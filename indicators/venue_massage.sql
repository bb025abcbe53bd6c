-- venue_massage: clusters with ads that a site lists under massage.
-- reads   ad, shown_ad      grain  cluster
-- Shown, never counted: it says who goes on a visit and how.
SELECT shown.cluster_id, shown.cluster_id AS subject, 'context-only' AS strength, max(shown.last_seen) AS last_supported,
       list(DISTINCT {'ad_id': shown.ad_id, 'field': 'category', 'shown': 'massage'}) AS evidence
FROM ad JOIN shown_ad AS shown USING (ad_id)
WHERE ad.category = 'massage' AND shown.cluster_id IS NOT NULL GROUP BY shown.cluster_id
