-- observe_new: versions of ads that nobody has read yet, in a fixed order.
-- reads   ad_version, ad, observed      params  $limit: rows at a time
SELECT version.version_id, version.ad_id, ad.site, title, body, name, age, city, price, phones, emails, handles, payment, account, comments,
       -- the day the words are of: as the site dates a new ad; a later version is of the day it was first seen
       coalesce(CASE WHEN seen_at <= ad.first_seen THEN TRY_CAST(posted_at AS TIMESTAMP) END, seen_at)::DATE AS written
FROM ad_version AS version JOIN ad ON ad.ad_id = version.ad_id
WHERE version.version_id NOT IN (SELECT version_id FROM observed)
ORDER BY version.version_id
LIMIT $limit;
