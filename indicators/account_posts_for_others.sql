-- account_posts_for_others: accounts with ads for several people up at the same time.
-- reads   person, contact      grain  (cluster, account)      params  $min_personas
-- At the same time, by days: ads of one night are seen minutes apart. The largest number is always reached when somebody starts. Personas
-- share no picture within an account.
WITH active AS (
    SELECT cluster_id, contact_id, persona, min(first_seen)::DATE AS starts, max(last_seen)::DATE AS ends, max(last_seen) AS last_seen
    FROM person WHERE kind = 'account' GROUP BY ALL),
counted AS (
    SELECT anchor.cluster_id, anchor.contact_id, anchor.starts AS moment, count(DISTINCT active.persona) AS n, max(active.last_seen) AS last_supported,
           list(DISTINCT active.persona) AS people
    FROM (SELECT DISTINCT cluster_id, contact_id, starts FROM active) AS anchor JOIN active
      ON active.cluster_id = anchor.cluster_id AND active.contact_id = anchor.contact_id AND anchor.starts BETWEEN active.starts AND active.ends
    GROUP BY ALL HAVING n >= $min_personas),
best AS (
    SELECT * FROM counted QUALIFY row_number() OVER (PARTITION BY cluster_id, contact_id ORDER BY n DESC, moment DESC) = 1),
masked AS (SELECT contact_id, ad_id, min(shown) AS shown FROM contact GROUP BY ALL)
SELECT best.cluster_id, best.contact_id AS subject, 'moderate' AS strength, best.last_supported, best.n,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'account', 'shown': masked.shown}) AS evidence
FROM best JOIN person ON person.cluster_id = best.cluster_id AND person.contact_id = best.contact_id AND list_contains(best.people, person.persona)
JOIN masked ON masked.contact_id = person.contact_id AND masked.ad_id = person.ad_id
GROUP BY best.cluster_id, best.contact_id, best.last_supported, best.n
