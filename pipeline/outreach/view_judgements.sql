-- view_judgements: how what people judged of a cluster's ads stands on the night of the snapshot.
-- reads   the review snapshot      grain  judgement      params  $cluster
SELECT DISTINCT judgement, state, against
FROM link_judgement JOIN link_judged_ad USING (judgement) JOIN cluster_member USING (ad_id)
WHERE cluster_id = $cluster
ORDER BY judgement;
