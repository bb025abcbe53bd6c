-- detect_inputs: what every rule may look at. An ad of which any version gave an age under 18 is in neither table.
-- writes  temp shown_ad(ad_id, cluster_id, version_id, first_seen, last_seen), temp person(cluster_id, contact_id, kind, persona, ad_id, first_seen, last_seen)
CREATE OR REPLACE TEMP TABLE shown_ad AS
SELECT ad.ad_id, member.cluster_id, ad.current_version AS version_id, ad.first_seen, ad.last_seen
FROM ad LEFT JOIN cluster_member AS member USING (ad_id)
WHERE ad.ad_id NOT IN (SELECT ad_id FROM observed WHERE minor);

CREATE OR REPLACE TEMP TABLE person AS
SELECT shown.cluster_id, persona.contact_id, any_value(contact.kind) AS kind, persona.persona, shown.ad_id, shown.first_seen, shown.last_seen
FROM persona
JOIN shown_ad AS shown USING (ad_id)
JOIN contact ON contact.ad_id = persona.ad_id AND contact.contact_id = persona.contact_id
WHERE persona.main AND shown.cluster_id IS NOT NULL
  AND persona.contact_id NOT IN (SELECT id FROM excluded WHERE kind = 'contact')
GROUP BY ALL;
