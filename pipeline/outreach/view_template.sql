-- view_template: the ads of one template as they are now, wherever they stand, in the order in which they first appeared.
-- reads   the review snapshot      grain  ad      params  $template
WITH built AS MATERIALIZED (SELECT DISTINCT ad_id, version_id, stop FROM text_template WHERE text_template = $template)
SELECT ad.ad_id, ad.site, ad.first_seen, ad.last_seen, text.body, built.stop,
       coalesce((SELECT min(place.municipality) FROM place WHERE place.ad_id = ad.ad_id AND place.main), '') AS municipality,
       coalesce((SELECT min(persona.persona) FROM persona WHERE persona.ad_id = ad.ad_id AND persona.main), '') AS persona,
       coalesce((SELECT min(member.cluster_id) FROM cluster_member AS member WHERE member.ad_id = ad.ad_id), '') AS cluster
FROM built
JOIN ad ON ad.ad_id = built.ad_id AND ad.current_version = built.version_id
JOIN ad_text AS text ON text.ad_id = ad.ad_id
ORDER BY ad.first_seen, ad.ad_id;
