-- match_photo_groups: the group of every picture, and why some groups never link.
-- reads   grouped_members(member, name), photo_hash, contact, observed      writes  photo_group
-- params  $contacts, $names: a picture advertised with so many contacts and names is stolen, a stock photo or the site's own
-- grain   photo_id
CREATE OR REPLACE TEMP TABLE group_now AS
WITH member AS (
    SELECT hash.photo_id, hash.ad_id, grouped_members.name AS photo_group
    FROM grouped_members JOIN photo_hash AS hash ON hash.photo_id = grouped_members.member),
spread AS (
    SELECT photo_group, count(DISTINCT contact_id) AS contacts
    FROM member JOIN contact ON contact.ad_id = member.ad_id AND contact.kind <> 'account' AND contact.confidence >= 0.9
    GROUP BY photo_group),
named AS (
    SELECT photo_group, count(DISTINCT persona_name) AS names
    FROM member JOIN observed ON observed.ad_id = member.ad_id AND persona_name <> ''
    GROUP BY photo_group)
SELECT member.photo_id, member.ad_id, member.photo_group,
       CASE WHEN coalesce(spread.contacts, 0) >= $contacts AND coalesce(named.names, 0) >= $names THEN 'stolen or stock photo' ELSE '' END AS stop
FROM member LEFT JOIN spread USING (photo_group) LEFT JOIN named USING (photo_group);

UPDATE photo_group SET photo_group = group_now.photo_group, stop = group_now.stop
FROM group_now
WHERE photo_group.photo_id = group_now.photo_id AND (photo_group.photo_group <> group_now.photo_group OR photo_group.stop <> group_now.stop);

INSERT INTO photo_group
SELECT photo_id, ad_id, photo_group, stop FROM group_now WHERE photo_id NOT IN (SELECT photo_id FROM photo_group) ORDER BY photo_id;
