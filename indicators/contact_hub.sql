-- contact_hub: contacts in ads for many people in several municipalities.
-- reads   person, stay, contact      grain  (cluster, contact)      params  $min_personas, $min_places
-- Accounts of a site have a sign of their own: one account in many towns is how an agency posts.
WITH reach AS (
    SELECT person.cluster_id, person.contact_id, count(DISTINCT person.persona) AS n, count(DISTINCT stay.municipality) AS k, max(person.last_seen) AS last_supported
    FROM person JOIN stay USING (ad_id) WHERE person.kind <> 'account'
    GROUP BY ALL HAVING n >= $min_personas AND k >= $min_places),
masked AS (SELECT contact_id, ad_id, min(kind) AS kind, min(shown) AS shown FROM contact GROUP BY ALL),
found AS (
    SELECT reach.cluster_id, reach.contact_id, reach.n, reach.k, reach.last_supported, list(DISTINCT person.ad_id ORDER BY person.ad_id) AS ads,
           list(DISTINCT {'ad_id': person.ad_id, 'field': masked.kind, 'shown': masked.shown}) AS evidence
    FROM reach JOIN person ON person.cluster_id = reach.cluster_id AND person.contact_id = reach.contact_id
    JOIN masked ON masked.contact_id = person.contact_id AND masked.ad_id = person.ad_id
    GROUP BY ALL)
SELECT cluster_id, contact_id AS subject, 'moderate' AS strength, last_supported, n, k, evidence
FROM found
QUALIFY row_number() OVER (PARTITION BY cluster_id, ads ORDER BY contact_id) = 1
