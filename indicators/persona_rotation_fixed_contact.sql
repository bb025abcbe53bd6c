-- persona_rotation_fixed_contact: people who succeed each other on one contact in one municipality, with little overlap.
-- reads   person, stay      grain  (cluster, contact, municipality)
-- params  $min_personas, $window_days, $max_median_stay_days, $away_days: seen again after longer is another visit,
--         $max_overlap: mean share of days that a visit has in common with the next person's, 0 to 1
-- A window ends where somebody starts: the largest number of people within $window_days is always reached there. Each visit is held against
-- the next to come: among many who stay at once, two taken at random share few days, and yet nobody succeeds anybody. Somebody's ad that
-- gives no place does not say that she is gone: it counts where her other ads are.
WITH placed AS (
    SELECT person.cluster_id, person.contact_id, stay.municipality, stay.town, person.persona, stay.starts::DATE AS starts, stay.ends::DATE AS ends
    FROM person JOIN stay USING (ad_id) WHERE person.main),
known AS (SELECT DISTINCT cluster_id, contact_id, municipality, town, persona FROM placed),
present AS (
    SELECT * FROM placed UNION ALL
    SELECT known.*, person.first_seen::DATE, person.last_seen::DATE
    FROM person JOIN known USING (cluster_id, contact_id, persona) ANTI JOIN stay USING (ad_id) WHERE person.main),
begun AS (
    SELECT *, coalesce(starts > max(ends) OVER (PARTITION BY cluster_id, contact_id, municipality, persona ORDER BY starts, ends
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + $away_days::INTEGER, true) AS anew
    FROM present),
numbered AS (
    SELECT *, sum(anew::INTEGER) OVER (PARTITION BY cluster_id, contact_id, municipality, persona ORDER BY starts, ends ROWS UNBOUNDED PRECEDING) AS number
    FROM begun),
visit AS (
    SELECT cluster_id, contact_id, municipality, any_value(town) AS town, persona, number, min(starts) AS starts, max(ends) AS ends
    FROM numbered GROUP BY cluster_id, contact_id, municipality, persona, number),
crowded AS (SELECT cluster_id, contact_id, municipality FROM visit GROUP BY ALL HAVING count(DISTINCT persona) >= $min_personas),
within AS (
    SELECT anchor.starts AS window_end, visit.*, lead(visit.persona) OVER later AS next_persona, lead(visit.starts) OVER later AS next_starts,
           lead(visit.ends) OVER later AS next_ends
    FROM (SELECT DISTINCT cluster_id, contact_id, municipality, starts FROM visit SEMI JOIN crowded USING (cluster_id, contact_id, municipality)) AS anchor
    JOIN visit ON visit.cluster_id = anchor.cluster_id AND visit.contact_id = anchor.contact_id AND visit.municipality = anchor.municipality
     AND visit.starts <= anchor.starts AND visit.ends >= anchor.starts - $window_days::INTEGER
    WINDOW later AS (PARTITION BY anchor.cluster_id, anchor.contact_id, anchor.municipality, anchor.starts
                     ORDER BY visit.starts, visit.ends, visit.persona)),
counted AS (
    SELECT cluster_id, contact_id, municipality, town, window_end, count(DISTINCT persona) AS n, median(ends - starts + 1) AS m, max(ends) AS last_end,
           list(DISTINCT persona) AS people,
           coalesce(avg(greatest(0, least(ends, next_ends) - next_starts + 1) / (greatest(ends, next_ends) - starts + 1)) FILTER (next_persona <> persona), 0) AS share
    FROM within GROUP BY ALL HAVING n >= $min_personas AND m <= $max_median_stay_days AND share < $max_overlap),
best AS (
    SELECT * FROM counted QUALIFY row_number() OVER (PARTITION BY cluster_id, contact_id, municipality ORDER BY n DESC, window_end DESC) = 1)
SELECT best.cluster_id, best.contact_id || ':' || best.municipality AS subject, 'strong' AS strength, best.last_end::TIMESTAMP AS last_supported, best.n,
       best.town AS city, best.m::INTEGER AS m,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'name', 'shown': 'person ' || list_position(list_sort(best.people), person.persona)}) AS evidence
FROM best
JOIN person ON person.cluster_id = best.cluster_id AND person.contact_id = best.contact_id AND person.main AND list_contains(best.people, person.persona)
JOIN stay ON stay.ad_id = person.ad_id AND stay.municipality = best.municipality
GROUP BY best.cluster_id, best.contact_id, best.municipality, best.town, best.last_end, best.n, best.m
