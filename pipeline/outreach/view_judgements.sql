-- view_judgements: how what people judged of some clusters' ads stands on the night of the snapshot.
-- reads   the review snapshot      grain  (cluster, judgement)      params  $clusters: names joined by commas
SELECT DISTINCT cluster_id, judgement, state, against
FROM link_judgement JOIN link_judged_ad USING (judgement) JOIN cluster_member USING (ad_id)
SEMI JOIN (SELECT unnest(string_split($clusters, ',')) AS cluster_id) AS asked USING (cluster_id)
ORDER BY cluster_id, judgement;
