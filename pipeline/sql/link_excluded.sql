-- link_excluded: what never links, each with its reason.
-- reads   contact, persona, photo_group, text_template, grouped by what they are; $never (pseudonyms named in config)
-- writes  excluded      grain  (kind, id)
-- params  $personas, $ads: people and ads on one contact beyond which it is a switchboard or a site's relay number
CREATE OR REPLACE TEMP TABLE excluded_now AS
WITH busy AS (
    SELECT contact.contact_id, count(DISTINCT contact.ad_id) AS ads, count(DISTINCT persona.persona) AS personas
    FROM contact JOIN persona ON persona.ad_id = contact.ad_id AND persona.contact_id = contact.contact_id
    GROUP BY contact.contact_id)
SELECT 'contact' AS kind, contact_id AS id, 'switchboard or relay: ' || personas || ' people in ' || ads || ' ads' AS reason
FROM busy WHERE personas >= $personas AND ads >= $ads AND NOT list_contains($never, contact_id)
UNION ALL SELECT 'contact', unnest, 'named in config/linking.toml' FROM unnest($never)
UNION ALL SELECT DISTINCT 'photo_group', photo_group::VARCHAR, stop FROM photo_group WHERE stop <> ''
UNION ALL SELECT DISTINCT 'text_template', text_template::VARCHAR, stop FROM text_template WHERE stop <> '';

DELETE FROM excluded WHERE (kind, id) NOT IN (SELECT (kind, id) FROM excluded_now);

INSERT INTO excluded SELECT kind, id, min(reason) FROM excluded_now GROUP BY kind, id
ON CONFLICT (kind, id) DO NOTHING;
