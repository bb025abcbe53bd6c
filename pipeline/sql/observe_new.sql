-- observe_new: versions of ads that nobody has read yet, in a fixed order.
-- reads   ad_version, ad, observed      params  $limit: rows at a time
SELECT version.version_id, version.ad_id, ad.site, title, body, name, age, city, price, phones, emails, handles, payment, account, comments
FROM ad_version AS version JOIN ad ON ad.ad_id = version.ad_id
WHERE version.version_id NOT IN (SELECT version_id FROM observed)
ORDER BY version.version_id
LIMIT $limit;
