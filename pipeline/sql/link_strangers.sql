-- link_strangers: contacts under which strangers advertise: most of its ads show a contact of their own and share nothing else with each other.
-- reads   contact, observed, photo_group, text_template      writes  stranger, of this night alone      grain  contact
-- params  $strangers: ads with a contact of their own and nothing in common from which it is asked; $strangers_share: of its ads; $confidence
-- A hotel's, a site's or a helper's number stands beside the advertiser's own. People whom somebody else advertises on one number seldom show
-- another of their own, and share pictures, texts or an account besides.
CREATE OR REPLACE TEMP TABLE stranger AS
WITH held AS (SELECT DISTINCT contact_id, ad_id FROM contact WHERE kind <> 'account' AND confidence >= $confidence),
wide AS (SELECT contact_id, count(*) AS ads FROM held GROUP BY contact_id HAVING count(*) >= $strangers),
sign AS (
    SELECT DISTINCT ad_id, contact_id AS id FROM contact
    UNION SELECT ad_id, persona_name FROM observed WHERE persona_name <> ''
    UNION SELECT ad_id, 'picture ' || photo_group FROM photo_group WHERE stop = ''
    UNION SELECT ad_id, 'text ' || text_template FROM text_template WHERE stop = ''),
shown AS (
    SELECT wide.contact_id, held.ad_id, sign.id
    FROM wide JOIN held USING (contact_id) JOIN sign ON sign.ad_id = held.ad_id AND sign.id <> wide.contact_id),
common AS (SELECT contact_id, id FROM shown GROUP BY contact_id, id HAVING count(*) > 1),
together AS (SELECT DISTINCT contact_id, ad_id FROM shown SEMI JOIN common USING (contact_id, id)),
own AS (SELECT DISTINCT shown.contact_id, shown.ad_id FROM shown JOIN held AS other ON other.ad_id = shown.ad_id AND other.contact_id = shown.id)
SELECT wide.contact_id, any_value(wide.ads) AS ads, count(*) AS strangers
FROM wide JOIN own USING (contact_id) ANTI JOIN together USING (contact_id, ad_id)
GROUP BY wide.contact_id
HAVING count(*) >= $strangers AND count(*) >= $strangers_share * any_value(wide.ads);
