-- link_excluded: what never links, each with its reason.
-- reads   contact, observed, persona, photo_group, text_template, stranger, grouped by what they are
-- writes  excluded      grain  (kind, id)
-- params  $never, $reasons: pseudonyms that config names, and why each never links
--         $personas, $ads: people and ads on one contact beyond which it is a switchboard
--         $advertisers, $advertisers_ads: advertisers under as many names, and ads, beyond which it is a site's relay number
-- People are counted with doubt and accounts are not: an agency posts many people from one account, while strangers behind the
-- relay number of a site have an account each. One person who posts from ever new accounts has few names.
CREATE OR REPLACE TEMP TABLE excluded_now AS
WITH posted AS (SELECT ad_id, min(contact_id) AS account FROM contact WHERE kind = 'account' GROUP BY ad_id),
named AS (SELECT ad_id, min(persona_name) AS name FROM observed WHERE persona_name <> '' GROUP BY ad_id),
busy AS (
    SELECT contact.contact_id, count(DISTINCT contact.ad_id) AS ads, count(DISTINCT persona.persona) AS personas,
           count(DISTINCT coalesce(posted.account, named.name)) AS advertisers, count(DISTINCT named.name) AS names
    FROM contact
    JOIN persona ON persona.ad_id = contact.ad_id AND persona.contact_id = contact.contact_id
    LEFT JOIN posted ON posted.ad_id = contact.ad_id
    LEFT JOIN named ON named.ad_id = contact.ad_id
    WHERE contact.kind <> 'account'
    GROUP BY contact.contact_id)
SELECT 'contact' AS kind, contact_id AS id, 'switchboard or relay: ' || personas || ' people in ' || ads || ' ads' AS reason
FROM busy WHERE personas >= $personas AND ads >= $ads AND NOT list_contains($never, contact_id)
UNION ALL
SELECT 'contact', contact_id, 'relay: ' || advertisers || ' advertisers in ' || ads || ' ads'
FROM busy
WHERE advertisers >= $advertisers AND names >= $advertisers AND ads >= $advertisers_ads AND NOT (personas >= $personas AND ads >= $ads)
  AND NOT list_contains($never, contact_id)
UNION ALL
SELECT 'contact', contact_id, 'shared by strangers: ' || strangers || ' of ' || ads || ' ads have a contact of their own and nothing else in common'
FROM stranger WHERE NOT list_contains($never, contact_id)
UNION ALL
SELECT 'contact', id, reason
FROM (SELECT unnest($never::VARCHAR[]) AS id, unnest($reasons::VARCHAR[]) AS reason) SEMI JOIN (SELECT contact_id AS id FROM contact) USING (id)
UNION ALL SELECT DISTINCT 'photo_group', photo_group::VARCHAR, stop FROM photo_group WHERE stop <> ''
UNION ALL SELECT DISTINCT 'text_template', text_template::VARCHAR, stop FROM text_template WHERE stop <> '';

DELETE FROM excluded WHERE kind <> 'recycled' AND (kind, id) NOT IN (SELECT (kind, id) FROM excluded_now);

INSERT INTO excluded SELECT kind, id, min(reason) FROM excluded_now GROUP BY kind, id
ON CONFLICT (kind, id) DO NOTHING;
