-- stock_or_stolen_photo: clusters with a picture that stands in many others too.
-- reads   photo_group, shown_ad      grain  cluster      params  $min_clusters: an ad on its own is one
-- Shown, never counted: the picture links nothing already, and the cluster has counter-evidence.
WITH bearer AS (
    SELECT photo.photo_group, shown.ad_id, shown.cluster_id, coalesce(shown.cluster_id, 'ad:' || shown.ad_id) AS home, shown.last_seen
    FROM photo_group AS photo JOIN shown_ad AS shown USING (ad_id)),
spread AS (SELECT photo_group, count(DISTINCT home) AS homes FROM bearer GROUP BY photo_group HAVING homes >= $min_clusters)
SELECT bearer.cluster_id, bearer.cluster_id AS subject, 'context-only' AS strength, max(bearer.last_seen) AS last_supported, max(spread.homes) AS n,
       list(DISTINCT {'ad_id': bearer.ad_id, 'field': 'image', 'shown': 'bild som finns i många annonser'}) AS evidence
FROM bearer JOIN spread USING (photo_group) WHERE bearer.cluster_id IS NOT NULL GROUP BY bearer.cluster_id
