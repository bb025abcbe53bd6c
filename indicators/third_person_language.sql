-- third_person_language: clusters where enough of the ads speak of the person as she or he.
-- reads   pronoun, cue, shown_ad      grain  cluster
-- params  $min_share: of the cluster's ads, $min_ratio: of an ad's pronouns, 0 to 1, $min_pronouns: in all, below which nothing can be said
WITH said AS (
    SELECT ad_id, 'body' AS field, 'tredje person' AS shown FROM pronoun
    WHERE third_person >= $min_ratio * (first_person + third_person) AND first_person + third_person >= $min_pronouns
    UNION
    SELECT shown.ad_id, cue.field, cue.quote FROM cue JOIN shown_ad AS shown USING (version_id)
    WHERE cue.indicator = 'third_person_language' AND NOT cue.negated AND cue.field <> 'comment'),
size AS (SELECT cluster_id, count(*) AS ads FROM shown_ad WHERE cluster_id IS NOT NULL GROUP BY ALL)
SELECT cluster_id, cluster_id AS subject, 'weak' AS strength, max(shown_ad.last_seen) AS last_supported,
       list(DISTINCT {'ad_id': said.ad_id, 'field': said.field, 'shown': said.shown}) AS evidence
FROM said JOIN shown_ad USING (ad_id) JOIN size USING (cluster_id)
GROUP BY cluster_id, ads HAVING count(DISTINCT said.ad_id) >= $min_share * ads
