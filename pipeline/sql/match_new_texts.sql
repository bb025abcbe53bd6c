-- match_new_texts: versions without a sketch, in a fixed order. Ads of possible minors have none.
-- reads   ad_version, text_sketch, observed      params  $limit: rows at a time
SELECT version_id, ad_id, title, body
FROM ad_version
WHERE version_id NOT IN (SELECT version_id FROM text_sketch)
  AND ad_id NOT IN (SELECT ad_id FROM observed WHERE minor)
ORDER BY version_id
LIMIT $limit;
