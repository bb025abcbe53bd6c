-- impossible_presence: phones with ads posted far apart within a day, for different people, on several days.
-- reads   person, posting, stay, distance      grain  (cluster, phone)      params  $min_km, $window_hours, $min_days
-- What one person posts in several towns ahead of a tour pairs with nobody. Within an hour one post of a person in a town is enough.
WITH fresh AS (
    SELECT person.cluster_id, person.contact_id, person.persona, stay.municipality, stay.town, min(posting.posted_at) AS posted_at, min(person.ad_id) AS ad_id,
           max(person.last_seen) AS last_seen
    FROM person JOIN posting USING (ad_id) JOIN stay USING (ad_id)
    WHERE person.kind = 'phone' AND posting.posted_at::DATE BETWEEN stay.starts::DATE - 1 AND stay.ends::DATE
    GROUP BY person.cluster_id, person.contact_id, person.persona, stay.municipality, stay.town, date_trunc('hour', posting.posted_at)),
pair AS (
    SELECT one.cluster_id, one.contact_id, least(one.town, other.town) AS a, greatest(one.town, other.town) AS b,
           greatest(one.posted_at, other.posted_at)::DATE AS on_day, greatest(one.last_seen, other.last_seen) AS last_seen,
           [{'ad_id': one.ad_id, 'field': 'city', 'shown': one.town || ' ' || strftime(one.posted_at, '%Y-%m-%d %H:%M')},
            {'ad_id': other.ad_id, 'field': 'city', 'shown': other.town || ' ' || strftime(other.posted_at, '%Y-%m-%d %H:%M')}] AS shown
    FROM fresh AS one JOIN fresh AS other USING (cluster_id, contact_id)
    JOIN distance ON distance.municipality = one.municipality AND distance.other = other.municipality AND distance.km >= $min_km
    WHERE one.persona < other.persona AND abs(date_diff('minute', one.posted_at, other.posted_at)) <= $window_hours * 60),
found AS (
    SELECT cluster_id, contact_id, arg_max(a, (on_day, a, b)) AS a, arg_max(b, (on_day, a, b)) AS b, max(last_seen) AS last_supported,
           list_distinct(flatten(list(shown))) AS evidence
    FROM pair GROUP BY cluster_id, contact_id HAVING count(DISTINCT on_day) >= $min_days)
SELECT cluster_id, contact_id AS subject, 'moderate' AS strength, last_supported, a, b, evidence FROM found
