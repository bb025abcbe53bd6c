-- batch_posting_cross_persona: people on linked contacts whose ads are posted within minutes of each other, day after day.
-- reads   person, posting      grain  (cluster, linked contacts)      params  $window_minutes, $min_personas, $min_days
-- A batch begins where somebody's ad is posted. Times come from the site, to the minute; what was posted twice in a minute is one post.
WITH posted AS (
    SELECT person.cluster_id, person.contact_group, person.who, date_trunc('minute', posting.posted_at) AS posted_at, min(person.ad_id) AS ad_id,
           max(person.last_seen) AS last_seen
    FROM person JOIN posting USING (ad_id) WHERE person.main GROUP BY ALL),
several AS (SELECT cluster_id, contact_group FROM posted GROUP BY ALL HAVING count(DISTINCT who) >= $min_personas),
batch AS (
    SELECT anchor.cluster_id, anchor.contact_group, anchor.posted_at AS begins, count(DISTINCT other.who) AS people, max(other.last_seen) AS last_seen,
           list(DISTINCT {'ad_id': other.ad_id, 'field': 'posted', 'shown': strftime(other.posted_at, '%Y-%m-%d %H:%M')}) AS shown
    FROM (SELECT DISTINCT cluster_id, contact_group, posted_at FROM posted SEMI JOIN several USING (cluster_id, contact_group)) AS anchor JOIN posted AS other
      ON other.cluster_id = anchor.cluster_id AND other.contact_group = anchor.contact_group
     AND other.posted_at BETWEEN anchor.posted_at AND anchor.posted_at + to_minutes($window_minutes::INTEGER)
    GROUP BY anchor.cluster_id, anchor.contact_group, anchor.posted_at HAVING people >= $min_personas)
SELECT cluster_id, cluster_id || ':' || contact_group AS subject, 'moderate' AS strength, max(last_seen) AS last_supported, min(people) AS n,
       count(DISTINCT begins::DATE) AS d, list_distinct(flatten(list(shown))) AS evidence
FROM batch GROUP BY cluster_id, contact_group HAVING d >= $min_days
