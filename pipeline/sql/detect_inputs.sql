-- detect_inputs: what every rule may look at. An ad of which any version gave an age under 18 is in none of these tables.
-- reads   ad, cluster_member, observed, persona, contact, excluded, sighting, place, stated_stay, contact_linked and town_named (of the caller)
-- writes  temp shown_ad(ad_id, cluster_id, version_id, first_seen, last_seen): cluster_id is NULL for an ad on its own
--         temp person(cluster_id, contact_id, kind, persona, who, main, contact_group, ad_id, first_seen, last_seen)
--         temp stay(ad_id, municipality, town, starts, ends): one version of an ad seen in its main municipality
--         temp said_stay(ad_id, municipality, town, starts, ends): days on which an ad as it stands says that she is in a town, past or to come
-- grain   ad; (ad, contact); (ad, version); (ad, municipality, days)
CREATE OR REPLACE TEMP TABLE shown_ad AS
SELECT ad.ad_id, member.cluster_id, ad.current_version AS version_id, ad.first_seen, ad.last_seen
FROM ad LEFT JOIN cluster_member AS member USING (ad_id)
WHERE ad.ad_id NOT IN (SELECT ad_id FROM observed WHERE minor);

-- `persona` tells people apart on one contact. `who` does so across contacts: one name on several phones is one person under several
-- numbers, never several people; two of one name on one phone stay two. An ad whose contacts are in no other ad, as where the number was left
-- out, stands in the contact group of the other ads of whom it shows. Ads in a site's massage and recruitment sections present a house
-- or a job: counting the house's name as a person would make every parlour with two masseuses look like one phone for three people.
CREATE OR REPLACE TEMP TABLE person AS
WITH carried AS (
    SELECT shown.cluster_id, persona.contact_id, any_value(contact.kind) AS kind, persona.persona, persona.main, shown.ad_id, shown.first_seen, shown.last_seen
    FROM persona
    JOIN shown_ad AS shown USING (ad_id)
    JOIN ad ON ad.ad_id = persona.ad_id AND ad.category NOT IN ('massage', 'recruitment')
    JOIN contact ON contact.ad_id = persona.ad_id AND contact.contact_id = persona.contact_id
    WHERE shown.cluster_id IS NOT NULL AND persona.contact_id NOT IN (SELECT id FROM excluded WHERE kind = 'contact')
    GROUP BY ALL),
named AS (
    SELECT carried.contact_id, carried.persona, min(observed.persona_name) AS name
    FROM carried JOIN observed ON observed.ad_id = carried.ad_id AND observed.persona_name <> '' GROUP BY ALL),
numbered AS (SELECT *, row_number() OVER (PARTITION BY contact_id, name ORDER BY persona) AS namesake FROM named),
told AS (
    SELECT carried.*, coalesce(numbered.name || '#' || numbered.namesake, carried.contact_id || ':' || carried.persona) AS who, linked.contact_group
    FROM carried LEFT JOIN numbered USING (contact_id, persona) LEFT JOIN contact_linked AS linked ON linked.ad_id = carried.ad_id)
SELECT cluster_id, contact_id, kind, persona, who, main,
       coalesce(contact_group, min(contact_group) OVER (PARTITION BY cluster_id, who), ad_id) AS contact_group, ad_id, first_seen, last_seen
FROM told;

CREATE OR REPLACE TEMP TABLE stay AS
SELECT sighting.ad_id, place.municipality, coalesce(town_named.town, place.municipality) AS town, min(sighting.seen_at) AS starts, max(sighting.seen_at) AS ends
FROM sighting JOIN shown_ad AS shown USING (ad_id) JOIN place ON place.version_id = sighting.version_id AND place.main
LEFT JOIN town_named USING (municipality)
WHERE shown.cluster_id IS NOT NULL
GROUP BY sighting.ad_id, sighting.version_id, place.municipality, town_named.town;

CREATE OR REPLACE TEMP TABLE said_stay AS
SELECT DISTINCT said.ad_id, said.municipality, coalesce(town_named.town, said.municipality) AS town, coalesce(said.arrives, said.leaves) AS starts,
       said.leaves AS ends
FROM stated_stay AS said JOIN shown_ad AS shown USING (version_id) LEFT JOIN town_named USING (municipality)
WHERE shown.cluster_id IS NOT NULL;
