-- persona_facts: for each ad and contact what tells people apart: names, pictures, stated ages, when it was seen.
-- reads   contact, observed, photo_group, stated_age, ad      params  $confidence: lowest confidence of a contact's reading
-- grain   (contact_id, ad_id)
WITH carried AS (
    SELECT DISTINCT contact_id, ad_id, min(kind) AS kind
    FROM contact
    WHERE confidence >= $confidence AND ad_id NOT IN (SELECT ad_id FROM observed WHERE minor)
    GROUP BY contact_id, ad_id),
named AS (SELECT ad_id, list(DISTINCT persona_name ORDER BY persona_name) AS names FROM observed WHERE persona_name <> '' GROUP BY ad_id),
pictured AS (SELECT ad_id, list(DISTINCT photo_group ORDER BY photo_group) AS photos FROM photo_group WHERE stop = '' GROUP BY ad_id),
aged AS (SELECT ad_id, median(age)::INTEGER AS age FROM stated_age WHERE NOT minor GROUP BY ad_id)
SELECT carried.contact_id, carried.kind, carried.ad_id, ad.first_seen, ad.last_seen, coalesce(named.names, []), coalesce(pictured.photos, []), aged.age
FROM carried JOIN ad ON ad.ad_id = carried.ad_id
LEFT JOIN named ON named.ad_id = carried.ad_id LEFT JOIN pictured ON pictured.ad_id = carried.ad_id LEFT JOIN aged ON aged.ad_id = carried.ad_id
ORDER BY carried.contact_id, ad.first_seen, carried.ad_id;
