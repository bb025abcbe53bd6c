-- persona_rotation_fixed_contact: people who succeed each other on one contact in one municipality, with little overlap.
-- reads   person, place      grain  (cluster, contact, municipality)      params  $min_personas, $window_days, $max_median_stay_days, $max_overlap
WITH stay AS (
    SELECT person.cluster_id, contact_id, municipality, persona, min(first_seen)::DATE AS starts, max(last_seen)::DATE AS ends
    FROM person JOIN (SELECT DISTINCT ad_id, municipality FROM place WHERE main) AS main_place USING (ad_id) GROUP BY ALL),
counted AS (
    SELECT anchor.cluster_id, anchor.contact_id, anchor.municipality, anchor.starts AS window_end, count(DISTINCT stay.persona) AS n,
           median(stay.ends - stay.starts + 1) AS m, max(stay.ends) AS last_end, list(DISTINCT stay.persona) AS people,
           sum(stay.ends - stay.starts + 1) AS stay_days
    FROM (SELECT DISTINCT cluster_id, contact_id, municipality, starts FROM stay) AS anchor JOIN stay
      ON stay.cluster_id = anchor.cluster_id AND stay.contact_id = anchor.contact_id AND stay.municipality = anchor.municipality
     AND stay.starts <= anchor.starts AND stay.ends >= anchor.starts - to_days($window_days::INTEGER)
    GROUP BY ALL HAVING n >= $min_personas AND m <= $max_median_stay_days),
overlap AS (
    SELECT counted.cluster_id, counted.contact_id, counted.municipality, window_end,
           avg(greatest(0, least(a.ends, b.ends) - greatest(a.starts, b.starts) + 1)
               / (greatest(a.ends, b.ends) - least(a.starts, b.starts) + 1)) AS jaccard
    FROM counted
    JOIN stay AS a ON a.cluster_id = counted.cluster_id AND a.contact_id = counted.contact_id AND a.municipality = counted.municipality AND list_contains(people, a.persona)
    JOIN stay AS b ON b.cluster_id = counted.cluster_id AND b.contact_id = counted.contact_id AND b.municipality = counted.municipality AND list_contains(people, b.persona)
     AND a.persona < b.persona
    GROUP BY ALL),
best AS (
    SELECT counted.* FROM counted JOIN overlap USING (cluster_id, contact_id, municipality, window_end) WHERE jaccard < $max_overlap
    QUALIFY row_number() OVER (PARTITION BY cluster_id, contact_id, municipality ORDER BY n DESC, window_end DESC) = 1)
SELECT best.cluster_id, best.contact_id || ':' || best.municipality AS subject, 'strong' AS strength, best.last_end::TIMESTAMP AS last_supported, n,
       best.municipality AS city, m::INTEGER AS m,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'name', 'shown': 'person ' || list_position(list_sort(people), person.persona)}) AS evidence
FROM best JOIN person ON person.cluster_id = best.cluster_id AND person.contact_id = best.contact_id AND list_contains(best.people, person.persona)
JOIN (SELECT DISTINCT ad_id, municipality FROM place WHERE main) AS there ON there.ad_id = person.ad_id AND there.municipality = best.municipality
GROUP BY ALL
