-- shared_contact_handle_multi_persona: handles and e-mail addresses that advertise several people within one window.
-- reads   person, contact      grain  (cluster, contact)      params  $min_personas, $window_days
-- A window ends where somebody starts: the largest number of people within $window_days is always reached there.
-- Phones, accounts of a site and receivers of money have signs of their own.
WITH active AS (
    SELECT cluster_id, contact_id, persona, min(first_seen) AS starts, max(last_seen) AS ends
    FROM person WHERE kind NOT IN ('phone', 'account') AND NOT starts_with(kind, 'payment') GROUP BY ALL),
counted AS (
    SELECT anchor.cluster_id, anchor.contact_id, anchor.starts AS window_end, count(DISTINCT active.persona) AS n, max(active.ends) AS last_supported,
           list(DISTINCT active.persona) AS people
    FROM (SELECT DISTINCT cluster_id, contact_id, starts FROM active) AS anchor JOIN active
      ON active.cluster_id = anchor.cluster_id AND active.contact_id = anchor.contact_id
     AND active.starts <= anchor.starts AND active.ends >= anchor.starts - to_days($window_days::INTEGER)
    GROUP BY ALL HAVING n >= $min_personas),
best AS (
    SELECT * FROM counted
    QUALIFY row_number() OVER (PARTITION BY cluster_id, contact_id ORDER BY n DESC, window_end DESC) = 1),
masked AS (SELECT contact_id, ad_id, min(kind) AS kind, min(shown) AS shown FROM contact GROUP BY ALL),
found AS (
    SELECT best.cluster_id, best.contact_id, best.n, best.last_supported, list(DISTINCT person.ad_id ORDER BY person.ad_id) AS ads,
           list(DISTINCT {'ad_id': person.ad_id, 'field': masked.kind, 'shown': masked.shown}) AS evidence
    FROM best JOIN person ON person.cluster_id = best.cluster_id AND person.contact_id = best.contact_id AND list_contains(best.people, person.persona)
    JOIN masked ON masked.contact_id = person.contact_id AND masked.ad_id = person.ad_id
    GROUP BY ALL)
SELECT cluster_id, contact_id AS subject, 'moderate' AS strength, last_supported, n, evidence
FROM found
-- Ads that carry two handles are one sign, not two.
QUALIFY row_number() OVER (PARTITION BY cluster_id, ads ORDER BY contact_id) = 1
