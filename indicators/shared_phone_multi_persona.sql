-- shared_phone_multi_persona: phones that advertise several people within one window.
-- reads   person, contact      grain  (cluster, phone)      params  $min_personas, $min_ads, $window_days
-- A window ends where somebody starts: the largest number of people within $window_days is always reached there.
-- strength is weak for fewer people than $min_personas: two are commonly a pair of friends.
WITH active AS (
    SELECT cluster_id, contact_id, persona, min(first_seen) AS starts, max(last_seen) AS ends
    FROM person WHERE kind = 'phone' GROUP BY ALL),
counted AS (
    SELECT anchor.cluster_id, anchor.contact_id, anchor.starts AS window_end, count(DISTINCT active.persona) AS n, max(active.ends) AS last_supported,
           list(DISTINCT active.persona) AS people
    FROM (SELECT DISTINCT cluster_id, contact_id, starts FROM active) AS anchor JOIN active
      ON active.cluster_id = anchor.cluster_id AND active.contact_id = anchor.contact_id
     AND active.starts <= anchor.starts AND active.ends >= anchor.starts - to_days($window_days::INTEGER)
    GROUP BY ALL HAVING n >= 2),
best AS (
    SELECT * FROM counted
    QUALIFY row_number() OVER (PARTITION BY cluster_id, contact_id ORDER BY n DESC, window_end DESC) = 1),
masked AS (SELECT contact_id, ad_id, min(shown) AS shown FROM contact GROUP BY ALL),
found AS (
    SELECT best.cluster_id, best.contact_id, best.n, best.last_supported, list(DISTINCT person.ad_id ORDER BY person.ad_id) AS ads,
           list(DISTINCT {'ad_id': person.ad_id, 'field': 'phone', 'shown': masked.shown}) AS evidence
    FROM best JOIN person ON person.cluster_id = best.cluster_id AND person.contact_id = best.contact_id AND list_contains(best.people, person.persona)
    JOIN masked ON masked.contact_id = person.contact_id AND masked.ad_id = person.ad_id
    GROUP BY ALL HAVING count(DISTINCT person.ad_id) >= $min_ads)
SELECT cluster_id, contact_id AS subject, CASE WHEN n >= $min_personas THEN 'strong' ELSE 'weak' END AS strength, last_supported,
       n, $window_days::INTEGER AS days, evidence
FROM found
-- Ads that carry two numbers are one sign, not two.
QUALIFY row_number() OVER (PARTITION BY cluster_id, ads ORDER BY contact_id) = 1
