-- persona_passed_between_phones: pictures that stand on several phones within one window, where some of the phones carry other people too.
-- reads   person, photo_group, contact, excluded      grain  (cluster, picture)      params  $min_phones, $min_shared_phones, $window_days
-- A picture that several people on one phone show, such as a room, is nobody's. A window ends where an ad starts.
WITH bearer AS (
    SELECT person.cluster_id, photo.photo_group, person.contact_id, person.persona, person.ad_id, person.first_seen, person.last_seen
    FROM photo_group AS photo JOIN person USING (ad_id)
    WHERE person.kind = 'phone' AND person.main AND photo.stop = '' AND photo.photo_group::VARCHAR NOT IN (SELECT id FROM excluded WHERE kind = 'photo_group')),
room AS (SELECT cluster_id, photo_group FROM bearer GROUP BY cluster_id, photo_group, contact_id HAVING count(DISTINCT persona) > 1),
crowded AS (SELECT cluster_id, contact_id FROM person WHERE kind = 'phone' GROUP BY ALL HAVING count(DISTINCT persona) >= 2),
own AS (
    SELECT bearer.*, crowded.contact_id IS NOT NULL AS shared
    FROM bearer ANTI JOIN room USING (cluster_id, photo_group) LEFT JOIN crowded USING (cluster_id, contact_id)),
counted AS (
    SELECT anchor.cluster_id, anchor.photo_group, anchor.first_seen AS window_end, count(DISTINCT own.contact_id) AS n, max(own.last_seen) AS last_supported,
           list(DISTINCT own.ad_id ORDER BY own.ad_id) AS ads
    FROM (SELECT DISTINCT cluster_id, photo_group, first_seen FROM own) AS anchor JOIN own
      ON own.cluster_id = anchor.cluster_id AND own.photo_group = anchor.photo_group
     AND own.first_seen <= anchor.first_seen AND own.last_seen >= anchor.first_seen - to_days($window_days::INTEGER)
    GROUP BY anchor.cluster_id, anchor.photo_group, anchor.first_seen
    HAVING n >= $min_phones AND count(DISTINCT own.contact_id) FILTER (own.shared) >= $min_shared_phones),
best AS (
    SELECT * FROM counted QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY n DESC, window_end DESC, photo_group) = 1),
masked AS (SELECT contact_id, ad_id, min(shown) AS shown FROM contact GROUP BY ALL)
SELECT best.cluster_id, best.cluster_id AS subject, 'moderate' AS strength, best.last_supported, best.n,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'phone', 'shown': masked.shown}) AS evidence
FROM best JOIN person ON person.cluster_id = best.cluster_id AND person.main AND list_contains(best.ads, person.ad_id)
JOIN masked ON masked.contact_id = person.contact_id AND masked.ad_id = person.ad_id
GROUP BY best.cluster_id, best.last_supported, best.n
