-- reached: through what, and where, the people of each cluster can be reached: the rows that a list may have.
-- reads   cluster_member, ad, persona, place (review snapshot)      grain  (cluster, contact)      params  none
-- A contact that tours is where its latest ad says: one row, not one a town. An ad without a contact is reached by no row.
WITH shown AS (
    SELECT member.cluster_id, persona.contact_id, persona.persona, ad.ad_id, ad.category, ad.last_seen, place.municipality
    FROM cluster_member AS member
    JOIN ad ON ad.ad_id = member.ad_id
    JOIN persona ON persona.ad_id = ad.ad_id AND persona.main AND persona.contact_id <> ''
    LEFT JOIN place ON place.version_id = ad.current_version AND place.main),
latest AS (SELECT cluster_id, contact_id, max(last_seen) AS last_seen FROM shown GROUP BY ALL)
SELECT shown.cluster_id, shown.contact_id, coalesce(arg_max(municipality, (shown.last_seen, municipality)), '') AS municipality,
       count(DISTINCT category) = 1 AND any_value(category) = 'massage' AS venue, any_value(latest.last_seen) AS last_seen,
       count(DISTINCT persona) FILTER (shown.last_seen > latest.last_seen - INTERVAL 14 DAY) AS people
FROM shown JOIN latest USING (cluster_id, contact_id)
GROUP BY shown.cluster_id, shown.contact_id
ORDER BY shown.cluster_id, shown.contact_id;
