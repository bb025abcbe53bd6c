-- match_photo_groups: the group of every picture, and why some groups never link.
-- reads   grouped_members(member, name), photo_hash, contact, observed, place, ad      writes  photo_group
-- params  $contacts, $names, $counties: a picture advertised with so many contacts and names, or contacts and counties, is not one advertiser's
--         $site_share: a picture in so large a share of one site's ads, and of no other, is the site's own
-- grain   photo_id
CREATE OR REPLACE TEMP TABLE group_now AS
WITH member AS (
    SELECT hash.photo_id, hash.ad_id, grouped_members.name AS photo_group, ad.site
    FROM grouped_members JOIN photo_hash AS hash ON hash.photo_id = grouped_members.member JOIN ad USING (ad_id)),
bearing AS (SELECT DISTINCT photo_group, ad_id, site FROM member),
spread AS (
    SELECT photo_group, count(DISTINCT contact_id) AS contacts
    FROM bearing JOIN contact USING (ad_id) WHERE contact.kind <> 'account' AND contact.confidence >= 0.9
    GROUP BY photo_group),
named AS (SELECT photo_group, count(DISTINCT persona_name) AS names FROM bearing JOIN observed USING (ad_id) WHERE persona_name <> '' GROUP BY photo_group),
placed AS (SELECT photo_group, count(DISTINCT municipality[1:2]) AS counties FROM bearing JOIN place USING (ad_id) WHERE place.main GROUP BY photo_group),
sited AS (SELECT photo_group, count(DISTINCT site) AS sites, count(*) AS ads, any_value(site) AS site FROM bearing GROUP BY photo_group),
sized AS (SELECT site, count(*) AS site_ads FROM ad GROUP BY site),
counted AS (
    SELECT sited.photo_group, sites, ads, site_ads, coalesce(contacts, 0) AS contacts, coalesce(names, 0) AS names, coalesce(counties, 0) AS counties
    FROM sited JOIN sized USING (site) LEFT JOIN spread USING (photo_group) LEFT JOIN named USING (photo_group) LEFT JOIN placed USING (photo_group)),
stopped AS (
    SELECT photo_group,
           CASE WHEN contacts < $contacts OR (names < $names AND counties < $counties) THEN ''
                WHEN sites = 1 AND ads >= $site_share * site_ads THEN 'the site''s own picture'
                ELSE 'stolen or stock photo' END AS why,
           contacts || ' contacts, ' || names || ' names, ' || counties || ' counties, ' || sites || CASE WHEN sites = 1 THEN ' site' ELSE ' sites' END AS counts
    FROM counted)
SELECT member.photo_id, member.ad_id, photo_group, CASE WHEN why = '' THEN '' ELSE why || ': ' || counts END AS stop
FROM member JOIN stopped USING (photo_group);

UPDATE photo_group SET photo_group = group_now.photo_group, stop = group_now.stop
FROM group_now
WHERE photo_group.photo_id = group_now.photo_id AND (photo_group.photo_group <> group_now.photo_group OR photo_group.stop <> group_now.stop);

INSERT INTO photo_group
SELECT photo_id, ad_id, photo_group, stop FROM group_now WHERE photo_id NOT IN (SELECT photo_id FROM photo_group) ORDER BY photo_id;
