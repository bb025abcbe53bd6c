-- group_circuit: people on linked contacts who arrive in the same municipalities in the same order.
-- reads   person, stay      grain  cluster
-- params  $min_personas (3 at least), $min_places, $window_days for the whole route, $step_days: two arrivals so close are one step,
--         and one after so long away is a new one
-- Arrivals, not presence: a house that advertises in three towns at once moves nobody. Three people at a time, because two by two
-- they might share three different routes; a route's people are then everybody who is in one of its threes.
WITH present AS (
    SELECT person.cluster_id, person.contact_group, person.who, stay.municipality, stay.town, stay.starts::DATE AS starts, stay.ends::DATE AS ends
    FROM person JOIN stay USING (ad_id) WHERE person.main),
before AS (
    SELECT *, max(ends) OVER (PARTITION BY cluster_id, contact_group, who, municipality ORDER BY starts, ends
                              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last_there
    FROM present),
arrival AS (
    SELECT DISTINCT cluster_id, contact_group, who, municipality, town, starts
    FROM before WHERE last_there IS NULL OR starts > last_there + $step_days::INTEGER),
traveller AS (SELECT cluster_id, contact_group, who FROM arrival GROUP BY ALL HAVING count(DISTINCT municipality) >= $min_places),
party AS (SELECT cluster_id, contact_group FROM traveller GROUP BY ALL HAVING count(*) >= $min_personas),
step AS (SELECT arrival.* FROM arrival SEMI JOIN traveller USING (cluster_id, contact_group, who) SEMI JOIN party USING (cluster_id, contact_group)),
three AS (
    SELECT one.cluster_id, one.contact_group, one.who AS first_who, two.who AS second_who, third.who AS third_who, one.municipality, one.town,
           one.starts AS first_at, two.starts AS second_at, third.starts AS third_at,
           least(one.starts, two.starts, third.starts) AS opened, greatest(one.starts, two.starts, third.starts) AS all_there
    FROM step AS one JOIN step AS two USING (cluster_id, contact_group, municipality) JOIN step AS third USING (cluster_id, contact_group, municipality)
    WHERE one.who < two.who AND two.who < third.who AND all_there - opened <= $step_days),
since AS (
    SELECT three.*, anchor.first_at AS begins
    FROM three JOIN three AS anchor USING (cluster_id, contact_group, first_who, second_who, third_who)
    WHERE three.first_at >= anchor.first_at AND three.all_there - anchor.opened <= $window_days
    QUALIFY row_number() OVER (PARTITION BY cluster_id, contact_group, first_who, second_who, third_who, begins, three.municipality
                               ORDER BY three.first_at, three.second_at, three.third_at) = 1),
in_order AS (
    SELECT *, coalesce(second_at > max(second_at) OVER earlier AND third_at > max(third_at) OVER earlier, true) AS kept
    FROM since
    WINDOW earlier AS (PARTITION BY cluster_id, contact_group, first_who, second_who, third_who, begins ORDER BY first_at
                       RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING)),
route AS (
    SELECT cluster_id, contact_group, first_who, second_who, third_who, min(opened) AS opened, max(all_there) AS closed,
           list(municipality ORDER BY first_at, town) AS stops, string_agg(town, ' – ' ORDER BY first_at, town) AS places
    FROM in_order WHERE kept GROUP BY cluster_id, contact_group, first_who, second_who, third_who, begins HAVING count(DISTINCT first_at) >= $min_places),
followed AS (
    SELECT cluster_id, contact_group, places, any_value(stops) AS stops, min(opened) AS opened, max(closed) AS closed,
           list_distinct(flatten(list([first_who, second_who, third_who]))) AS people
    FROM route GROUP BY ALL),
best AS (
    SELECT * FROM followed WHERE len(people) >= $min_personas
    QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY len(people) DESC, closed DESC, places, contact_group) = 1)
SELECT best.cluster_id, best.cluster_id AS subject, 'strong' AS strength, max(stay.ends) AS last_supported, len(best.people) AS n, best.places,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'city', 'shown': stay.town || ' ' || strftime(stay.starts, '%Y-%m-%d')}) AS evidence
FROM best
JOIN person ON person.cluster_id = best.cluster_id AND person.contact_group = best.contact_group AND person.main AND list_contains(best.people, person.who)
JOIN stay ON stay.ad_id = person.ad_id AND list_contains(best.stops, stay.municipality) AND stay.starts::DATE BETWEEN best.opened AND best.closed
GROUP BY best.cluster_id, best.people, best.places
