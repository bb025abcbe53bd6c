-- individual_touring: one person with one contact who is seen in several municipalities, or says so in her ad, within one window.
-- reads   person, stay, said_stay      grain  cluster      params  $min_places, $window_days
-- Shown, never counted. A window ends where a stay starts; days to come that an ad names count as days seen do. What was said supports the
-- finding on the day on which the ad was last up, not on a day to come.
WITH alone AS (SELECT cluster_id FROM person WHERE main GROUP BY ALL HAVING count(DISTINCT who) = 1 AND count(DISTINCT contact_id) = 1),
present AS (
    SELECT person.cluster_id, stay.ad_id, stay.municipality, stay.starts, stay.ends, stay.ends AS seen_at, stay.town || ' ' || strftime(stay.starts, '%Y-%m-%d') AS shown
    FROM person JOIN stay USING (ad_id) SEMI JOIN alone ON alone.cluster_id = person.cluster_id WHERE person.main
    UNION ALL
    SELECT person.cluster_id, said.ad_id, said.municipality, said.starts::TIMESTAMP, said.ends::TIMESTAMP, person.last_seen,
           said.town || ' ' || strftime(said.starts, '%Y-%m-%d') || ', enligt annonsen'
    FROM person JOIN said_stay AS said USING (ad_id) SEMI JOIN alone ON alone.cluster_id = person.cluster_id WHERE person.main),
toured AS (
    SELECT anchor.cluster_id, anchor.starts AS window_end, max(present.seen_at) AS last_supported,
           list(DISTINCT {'ad_id': present.ad_id, 'field': 'city', 'shown': present.shown}) AS evidence
    FROM (SELECT DISTINCT cluster_id, starts FROM present) AS anchor JOIN present
      ON present.cluster_id = anchor.cluster_id AND present.starts <= anchor.starts AND present.ends >= anchor.starts - to_days($window_days::INTEGER)
    GROUP BY anchor.cluster_id, anchor.starts HAVING count(DISTINCT present.municipality) >= $min_places)
SELECT cluster_id, cluster_id AS subject, 'context-only' AS strength, last_supported, evidence
FROM toured QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY window_end DESC) = 1
