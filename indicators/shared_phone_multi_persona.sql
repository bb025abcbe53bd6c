-- shared_phone_multi_persona: phones that advertise several people within one window.
-- reads   person      grain  (cluster, phone)     params  $min_personas, $window_days
-- A window ends where somebody starts: the largest number of people within $window_days is always reached there.
WITH stay AS (
    SELECT cluster_id, contact_id, persona, min(first_seen) AS starts, max(last_seen) AS ends
    FROM person WHERE kind = 'phone' GROUP BY ALL),
counted AS (
    SELECT anchor.cluster_id, anchor.contact_id, anchor.starts AS window_end, count(DISTINCT stay.persona) AS n, max(stay.ends) AS last_supported,
           list(DISTINCT stay.persona) AS people
    FROM (SELECT DISTINCT cluster_id, contact_id, starts FROM stay) AS anchor JOIN stay
      ON stay.cluster_id = anchor.cluster_id AND stay.contact_id = anchor.contact_id
     AND stay.starts <= anchor.starts AND stay.ends >= anchor.starts - to_days($window_days::INTEGER)
    GROUP BY ALL),
best AS (
    SELECT * FROM counted WHERE n >= 2
    QUALIFY row_number() OVER (PARTITION BY cluster_id, contact_id ORDER BY n DESC, window_end DESC) = 1),
masked AS (SELECT contact_id, ad_id, min(shown) AS shown FROM contact GROUP BY ALL)
SELECT best.cluster_id, best.contact_id AS subject, CASE WHEN n >= $min_personas THEN 'strong' ELSE 'weak' END AS strength, last_supported,
       n, $window_days::INTEGER AS days,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'phone', 'shown': masked.shown}) AS evidence
FROM best JOIN person ON person.cluster_id = best.cluster_id AND person.contact_id = best.contact_id AND list_contains(best.people, person.persona)
JOIN masked ON masked.contact_id = person.contact_id AND masked.ad_id = person.ad_id
GROUP BY ALL
