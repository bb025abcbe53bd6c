-- individual_touring: one person with one contact who is seen in several municipalities within one window.
-- reads   person, stay      grain  cluster      params  $min_places, $window_days
-- Shown, never counted. A window ends where a stay starts.
WITH alone AS (SELECT cluster_id FROM person WHERE main GROUP BY ALL HAVING count(DISTINCT who) = 1 AND count(DISTINCT contact_id) = 1),
present AS (
    SELECT person.cluster_id, stay.ad_id, stay.municipality, stay.town, stay.starts, stay.ends
    FROM person JOIN stay USING (ad_id) SEMI JOIN alone ON alone.cluster_id = person.cluster_id WHERE person.main),
toured AS (
    SELECT anchor.cluster_id, anchor.starts AS window_end, max(present.ends) AS last_supported,
           list(DISTINCT {'ad_id': present.ad_id, 'field': 'city', 'shown': present.town || ' ' || strftime(present.starts, '%Y-%m-%d')}) AS evidence
    FROM (SELECT DISTINCT cluster_id, starts FROM present) AS anchor JOIN present
      ON present.cluster_id = anchor.cluster_id AND present.starts <= anchor.starts AND present.ends >= anchor.starts - to_days($window_days::INTEGER)
    GROUP BY anchor.cluster_id, anchor.starts HAVING count(DISTINCT present.municipality) >= $min_places)
SELECT cluster_id, cluster_id AS subject, 'context-only' AS strength, last_supported, evidence
FROM toured QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY window_end DESC) = 1
