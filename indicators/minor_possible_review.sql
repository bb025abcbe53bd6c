-- minor_possible_review: ads without an age, or barely of age, with several things that may mean a child.
-- reads   shown_ad, stated_age, cue, youth_emoji      grain  ad
-- params  $min_inputs, $max_years: highest stated age, $sla_hours: within which a person decides
-- Never tied to a cluster, never counted. Emoji and youth words weigh nothing anywhere else.
WITH aged AS (SELECT version_id, max(age) AS age FROM stated_age GROUP BY version_id),
input AS (
    SELECT DISTINCT shown.ad_id, 'text' AS field, 'betonar ungdom' AS shown
    FROM cue JOIN shown_ad AS shown USING (version_id)
    WHERE cue.indicator = 'youth_emphasis_language' AND NOT cue.negated AND cue.field <> 'comment'
    UNION ALL SELECT ad_id, 'text', 'emojier som påstås betyda ungdom' FROM youth_emoji
    UNION ALL
    SELECT DISTINCT shown.ad_id, 'comments', 'kommentar om skola'
    FROM cue JOIN shown_ad AS shown USING (version_id)
    WHERE cue.indicator = 'minor_school_context' AND NOT cue.negated AND cue.field = 'comment')
SELECT NULL::VARCHAR AS cluster_id, 'ad:' || shown.ad_id AS subject, 'route' AS strength, shown.last_seen AS last_supported, $sla_hours::INTEGER AS hours,
       list({'ad_id': shown.ad_id, 'field': input.field, 'shown': input.shown} ORDER BY input.field, input.shown) AS evidence
FROM input JOIN shown_ad AS shown USING (ad_id) LEFT JOIN aged ON aged.version_id = shown.version_id
WHERE coalesce(aged.age, 0) <= $max_years
GROUP BY shown.ad_id, shown.last_seen HAVING count(*) >= $min_inputs
