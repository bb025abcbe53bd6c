-- worker_rotation_between_parlours: people tied by picture or contact to several parlours each, within one window.
-- reads   person, venue_seen, photo_group, excluded      grain  cluster      params  $min_personas, $min_venues, $min_places, $window_days
-- A venue is a house that ads name, or an address that a massage ad gives too; at least one of those that the people were at must be a
-- parlour, that is, stand in a massage ad: friends who tour hotels are at none. A parlour's own massage ad presents the house, not a
-- person. A picture that several people of the cluster show, such as a room, ties nobody. A window ends where somebody starts.
WITH parlour AS (SELECT DISTINCT municipality, venue FROM venue_seen WHERE category = 'massage'),
present AS (
    SELECT person.cluster_id, person.who, person.ad_id, person.contact_id || ':' || person.persona AS persona, seen.municipality,
           seen.municipality || ':' || seen.venue AS venue, parlour.venue IS NOT NULL AS massage, seen.starts, seen.ends
    FROM person JOIN venue_seen AS seen USING (ad_id) LEFT JOIN parlour ON parlour.municipality = seen.municipality AND parlour.venue = seen.venue
    WHERE person.main AND seen.category NOT IN ('massage', 'recruitment') AND (seen.named OR parlour.venue IS NOT NULL)),
pictured AS (
    SELECT person.cluster_id, photo.photo_group, any_value(person.who) AS who
    FROM photo_group AS photo JOIN person USING (ad_id)
    WHERE person.main AND photo.stop = '' AND photo.photo_group::VARCHAR NOT IN (SELECT id FROM excluded WHERE kind = 'photo_group')
    GROUP BY person.cluster_id, photo.photo_group HAVING count(DISTINCT person.who) = 1),
tied AS (
    SELECT cluster_id, who, ad_id, persona AS tie, venue, starts, ends FROM present
    UNION ALL
    SELECT present.cluster_id, present.who, present.ad_id, 'photo:' || photo.photo_group, present.venue, present.starts, present.ends
    FROM present JOIN photo_group AS photo USING (ad_id)
    JOIN pictured ON pictured.cluster_id = present.cluster_id AND pictured.photo_group = photo.photo_group AND pictured.who = present.who),
mover AS (
    SELECT DISTINCT anchor.cluster_id, anchor.starts AS window_end, tied.who
    FROM (SELECT DISTINCT cluster_id, starts FROM present) AS anchor JOIN tied
      ON tied.cluster_id = anchor.cluster_id AND tied.starts <= anchor.starts AND tied.ends >= anchor.starts - to_days($window_days::INTEGER)
    GROUP BY anchor.cluster_id, anchor.starts, tied.who, tied.tie HAVING count(DISTINCT tied.venue) >= 2),
moved AS (
    SELECT mover.cluster_id, mover.window_end, count(DISTINCT present.who) AS n, count(DISTINCT present.venue) AS k, max(present.ends) AS last_supported,
           list(DISTINCT {'ad_id': present.ad_id, 'field': 'place', 'shown': 'salong, ' || strftime(present.starts, '%Y-%m-%d')}) AS evidence
    FROM mover JOIN present
      ON present.cluster_id = mover.cluster_id AND present.who = mover.who
     AND present.starts <= mover.window_end AND present.ends >= mover.window_end - to_days($window_days::INTEGER)
    GROUP BY mover.cluster_id, mover.window_end
    HAVING n >= $min_personas AND k >= $min_venues AND count(DISTINCT present.municipality) >= $min_places AND bool_or(present.massage))
SELECT cluster_id, cluster_id AS subject, 'strong' AS strength, last_supported, n, k, evidence
FROM moved QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY n DESC, k DESC, window_end DESC) = 1
