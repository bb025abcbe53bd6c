-- link_signs: who shares what, in the order of time, with the first and the previous ad of each shared thing and owner.
-- reads   contact, photo_group, text_template, observed, excluded, ad      writes  link_sign, of this night alone
-- grain   (kind, shared, ad_id)      params  $confidence, $recycled_days, $strong (kinds of contact that link alone)
-- A contact that rested for $recycled_days starts anew: the number has probably another owner.
CREATE OR REPLACE TEMP TABLE link_sign AS
WITH eligible AS (
    SELECT ad_id, first_seen, last_seen FROM ad
    WHERE ad_id IN (SELECT ad_id FROM observed) AND ad_id NOT IN (SELECT ad_id FROM observed WHERE minor)),
shared_contact AS (
    SELECT DISTINCT contact.kind, contact.contact_id AS shared, contact.ad_id
    FROM contact
    WHERE confidence >= $confidence AND list_contains($strong, contact.kind)
      AND contact_id NOT IN (SELECT id FROM excluded WHERE kind = 'contact')),
shared_photo AS (
    SELECT DISTINCT 'photo' AS kind, photo_group::VARCHAR AS shared, ad_id FROM photo_group WHERE stop = ''),
shared_template AS (
    SELECT DISTINCT 'template' AS kind, text_template::VARCHAR AS shared, text_template.ad_id
    FROM text_template WHERE stop = ''),
sharing AS (
    SELECT kind, shared, eligible.*
    FROM (SELECT * FROM shared_contact UNION ALL SELECT * FROM shared_photo UNION ALL SELECT * FROM shared_template) AS signs
    JOIN eligible USING (ad_id)),
rested AS (
    SELECT *, coalesce(first_seen > max(last_seen) OVER (PARTITION BY kind, shared ORDER BY first_seen, ad_id
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + to_days($recycled_days::INTEGER), false) AS anew
    FROM sharing),
owned AS (
    SELECT *, sum(anew::INTEGER) OVER (PARTITION BY kind, shared ORDER BY first_seen, ad_id) AS owner FROM rested)
SELECT kind, shared, owner, ad_id, first_value(ad_id) OVER owners AS first_ad, lag(ad_id) OVER owners AS previous_ad
FROM owned
WINDOW owners AS (PARTITION BY kind, shared, owner ORDER BY first_seen, ad_id);
