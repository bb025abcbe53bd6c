-- persona_rotation_fixed_contact: people who succeed each other on one contact in one municipality, with little overlap.
-- reads   person, stay      grain  (cluster, contact, municipality)
-- params  $min_personas, $window_days, $max_median_stay_days, $max_overlap: mean share of days that two of them have in common, 0 to 1
-- A window ends where somebody starts: the largest number of people within $window_days is always reached there.
WITH present AS (
    SELECT person.cluster_id, person.contact_id, stay.municipality, stay.town, person.persona, min(stay.starts)::DATE AS starts, max(stay.ends)::DATE AS ends
    FROM person JOIN stay USING (ad_id) WHERE person.main GROUP BY ALL),
counted AS (
    SELECT anchor.cluster_id, anchor.contact_id, anchor.municipality, present.town, anchor.starts AS window_end, count(DISTINCT present.persona) AS n,
           median(present.ends - present.starts + 1) AS m, max(present.ends) AS last_end, list(DISTINCT present.persona) AS people
    FROM (SELECT DISTINCT cluster_id, contact_id, municipality, starts FROM present) AS anchor JOIN present
      ON present.cluster_id = anchor.cluster_id AND present.contact_id = anchor.contact_id AND present.municipality = anchor.municipality
     AND present.starts <= anchor.starts AND present.ends >= anchor.starts - $window_days::INTEGER
    GROUP BY ALL HAVING n >= $min_personas AND m <= $max_median_stay_days),
overlap AS (
    SELECT counted.cluster_id, counted.contact_id, counted.municipality, counted.window_end,
           avg(greatest(0, least(one.ends, other.ends) - greatest(one.starts, other.starts) + 1)
               / (greatest(one.ends, other.ends) - least(one.starts, other.starts) + 1)) AS share
    FROM counted
    JOIN present AS one USING (cluster_id, contact_id, municipality)
    JOIN present AS other USING (cluster_id, contact_id, municipality)
    WHERE one.persona < other.persona AND list_contains(counted.people, one.persona) AND list_contains(counted.people, other.persona)
    GROUP BY ALL),
best AS (
    SELECT counted.* FROM counted JOIN overlap USING (cluster_id, contact_id, municipality, window_end) WHERE share < $max_overlap
    QUALIFY row_number() OVER (PARTITION BY cluster_id, contact_id, municipality ORDER BY n DESC, window_end DESC) = 1)
SELECT best.cluster_id, best.contact_id || ':' || best.municipality AS subject, 'strong' AS strength, best.last_end::TIMESTAMP AS last_supported, best.n,
       best.town AS city, best.m::INTEGER AS m,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'name', 'shown': 'person ' || list_position(list_sort(best.people), person.persona)}) AS evidence
FROM best
JOIN person ON person.cluster_id = best.cluster_id AND person.contact_id = best.contact_id AND person.main AND list_contains(best.people, person.persona)
JOIN stay ON stay.ad_id = person.ad_id AND stay.municipality = best.municipality
GROUP BY best.cluster_id, best.contact_id, best.municipality, best.town, best.last_end, best.n, best.m
