-- link_pairs: pairs of ads that share a contact, a picture or a template, with everything else that they share.
-- reads   link_sign, photo_group, photo_match, photo_hash, text_template, observed, place, contact, price
-- writes  link_pair, of this night alone      grain   (left_ad, right_ad, kind)
-- Each ad is paired with the first and the previous one of what it shares, in time: linear, where all pairs would be quadratic. A picture or a
-- text links only beside another sign, so each is also paired with the first and the previous one that has an account, a name or (pictures)
-- a text in common too: they may stand far apart among all who show the same.
CREATE OR REPLACE TEMP TABLE link_pair AS
WITH companion AS (
    SELECT ad_id, contact_id AS beside FROM contact WHERE kind = 'account'
    UNION SELECT ad_id, 'name ' || persona_name FROM observed WHERE persona_name <> ''
    UNION SELECT ad_id, 'text ' || text_template FROM text_template WHERE stop = ''),
accompanied AS (
    SELECT sign.kind, sign.shared, sign.ad_id, first_value(sign.ad_id) OVER together AS first_ad, lag(sign.ad_id) OVER together AS previous_ad
    FROM link_sign AS sign JOIN ad USING (ad_id) JOIN companion USING (ad_id)
    WHERE sign.kind = 'photo' OR (sign.kind = 'template' AND companion.beside <> 'text ' || sign.shared)
    WINDOW together AS (PARTITION BY sign.kind, sign.shared, sign.owner, companion.beside ORDER BY ad.first_seen, sign.ad_id)),
neighbour AS (SELECT kind, shared, ad_id, first_ad, previous_ad FROM link_sign UNION ALL SELECT * FROM accompanied),
pair AS (
    SELECT DISTINCT kind, shared, least(ad_id, other) AS left_ad, greatest(ad_id, other) AS right_ad
    FROM (SELECT kind, shared, ad_id, first_ad AS other FROM neighbour UNION ALL SELECT kind, shared, ad_id, previous_ad FROM neighbour)
    WHERE other <> ad_id),
one_pair AS (SELECT left_ad, right_ad, kind, min(shared) AS shared FROM pair GROUP BY left_ad, right_ad, kind),
pictures AS (
    SELECT left_ad, right_ad, count(DISTINCT left_group.photo_group) AS photos
    FROM (SELECT DISTINCT left_ad, right_ad FROM one_pair) AS pairs
    JOIN photo_group AS left_group ON left_group.ad_id = left_ad AND left_group.stop = ''
    JOIN photo_group AS right_group ON right_group.ad_id = right_ad AND right_group.photo_group = left_group.photo_group
    GROUP BY left_ad, right_ad),
weak AS (
    SELECT DISTINCT least(one.ad_id, other.ad_id) AS left_ad, greatest(one.ad_id, other.ad_id) AS right_ad
    FROM photo_match JOIN photo_hash AS one ON one.photo_id = left_photo JOIN photo_hash AS other ON other.photo_id = right_photo
    WHERE needs_second_sign AND one.ad_id <> other.ad_id),
named AS (SELECT ad_id, list(DISTINCT persona_name) AS names FROM observed WHERE persona_name <> '' GROUP BY ad_id),
placed AS (SELECT ad_id, list(DISTINCT municipality) AS places FROM place WHERE main GROUP BY ad_id),
templated AS (SELECT ad_id, list(DISTINCT text_template) AS templates FROM text_template WHERE stop = '' GROUP BY ad_id),
accounted AS (SELECT ad_id, list(DISTINCT contact_id) AS accounts FROM contact WHERE kind = 'account' GROUP BY ad_id),
priced AS (SELECT ad_id, list(DISTINCT amount || '/' || coalesce(minutes, 0)) AS prices FROM price GROUP BY ad_id)
SELECT one_pair.left_ad, one_pair.right_ad, one_pair.kind, one_pair.shared,
       coalesce(pictures.photos, 0) AS photos,
       weak.left_ad IS NOT NULL AS weak,
       coalesce(list_has_any(left_named.names, right_named.names), false) AS same_name,
       coalesce(list_has_any(left_placed.places, right_placed.places), false) AS same_place,
       coalesce(list_has_any(left_templated.templates, right_templated.templates), false) AS same_template,
       coalesce(list_has_any(left_accounted.accounts, right_accounted.accounts), false) AS same_account,
       coalesce(len(list_intersect(left_priced.prices, right_priced.prices)) >= 2, false) AS same_prices
FROM one_pair
LEFT JOIN pictures USING (left_ad, right_ad)
LEFT JOIN weak USING (left_ad, right_ad)
LEFT JOIN named AS left_named ON left_named.ad_id = left_ad LEFT JOIN named AS right_named ON right_named.ad_id = right_ad
LEFT JOIN placed AS left_placed ON left_placed.ad_id = left_ad LEFT JOIN placed AS right_placed ON right_placed.ad_id = right_ad
LEFT JOIN templated AS left_templated ON left_templated.ad_id = left_ad LEFT JOIN templated AS right_templated ON right_templated.ad_id = right_ad
LEFT JOIN accounted AS left_accounted ON left_accounted.ad_id = left_ad LEFT JOIN accounted AS right_accounted ON right_accounted.ad_id = right_ad
LEFT JOIN priced AS left_priced ON left_priced.ad_id = left_ad LEFT JOIN priced AS right_priced ON right_priced.ad_id = right_ad;
