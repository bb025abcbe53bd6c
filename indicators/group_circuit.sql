-- group_circuit: people of one cluster seen in the same municipalities in the same weeks.
-- reads   person, sighting, place      grain  cluster      params  $min_personas (3), $min_places, $window_days
-- A place is (municipality, week): equal ones in time order are the common sequence.
WITH stop_at AS (
    SELECT DISTINCT person.cluster_id, person.contact_id || ':' || person.persona AS who, place.municipality, date_trunc('week', sighting.seen_at)::DATE AS week
    FROM person JOIN sighting USING (ad_id) JOIN place ON place.version_id = sighting.version_id AND place.main),
walked AS (
    SELECT cluster_id, who FROM stop_at GROUP BY ALL HAVING count(DISTINCT municipality) >= $min_places),
busy AS (SELECT cluster_id FROM walked GROUP BY ALL HAVING count(*) >= $min_personas),
step AS (SELECT stop_at.* FROM stop_at JOIN walked USING (cluster_id, who) JOIN busy USING (cluster_id)),
pair AS (
    SELECT a.cluster_id, a.who AS one, b.who AS two FROM step AS a JOIN step AS b USING (cluster_id, municipality, week)
    WHERE a.who < b.who GROUP BY ALL HAVING count(DISTINCT municipality) >= $min_places),
together AS (
    SELECT pair.cluster_id, pair.one, pair.two, step.municipality, step.week
    FROM pair JOIN step ON step.cluster_id = pair.cluster_id AND step.who = pair.one
    SEMI JOIN step AS other ON other.cluster_id = pair.cluster_id AND other.who = pair.two AND other.municipality = step.municipality AND other.week = step.week),
three AS (
    SELECT together.*, step.who AS third FROM together JOIN step USING (cluster_id, municipality, week) WHERE step.who > together.two),
route AS (
    SELECT anchor.cluster_id, anchor.one, anchor.two, anchor.third, anchor.week AS starts, max(three.week) AS ends
    FROM three AS anchor JOIN three USING (cluster_id, one, two, third)
    WHERE three.week >= anchor.week AND three.week <= anchor.week + $window_days::INTEGER
    GROUP BY ALL HAVING count(DISTINCT three.municipality) >= $min_places),
latest AS (SELECT * FROM route QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY ends DESC, one, two, third) = 1),
people AS (SELECT DISTINCT cluster_id, unnest([one, two, third]) AS who FROM route),
counted AS (SELECT cluster_id, count(DISTINCT who) AS n FROM people GROUP BY ALL),
visited AS (
    SELECT latest.cluster_id, max(latest.ends) AS ends, string_agg(DISTINCT three.municipality, ' – ' ORDER BY three.municipality) AS places
    FROM latest JOIN three USING (cluster_id, one, two, third) WHERE three.week BETWEEN latest.starts AND latest.ends GROUP BY ALL)
SELECT visited.cluster_id, visited.cluster_id AS subject, 'strong' AS strength, visited.ends::TIMESTAMP AS last_supported, counted.n, visited.places,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'city', 'shown': visited.places}) AS evidence
FROM visited JOIN counted USING (cluster_id) JOIN people USING (cluster_id)
JOIN person ON person.cluster_id = people.cluster_id AND person.contact_id || ':' || person.persona = people.who
WHERE counted.n >= $min_personas
GROUP BY ALL
