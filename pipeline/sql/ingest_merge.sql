-- ingest_merge: what was loaded, merged into the store as a set, whatever the order of the files.
-- reads   new_ad, new_image, new_rejected, new_landed, new_run (temporary)
-- writes  ad, ad_version, sighting, landed_image, rejected, landed_run, ad_landed
-- grain   ad: one row an ad; ad_version: one a distinct content of an ad; sighting: one an ad and moment
CREATE OR REPLACE TEMP TABLE versioned AS
SELECT *, md5_number_lower(concat_ws(chr(31), ad_id::VARCHAR, posted_at, category, title, body, name, age, city, address, venue, price,
          phones::VARCHAR, emails::VARCHAR, handles::VARCHAR, payment::VARCHAR, account, comments::VARCHAR, images::VARCHAR))::UBIGINT >> 1 AS version_id
FROM new_ad;

-- a version whose text was let go and that is seen again is read again from the start
CREATE OR REPLACE TEMP TABLE returned AS
SELECT version_id FROM observed WHERE version_id IN (SELECT version_id::BIGINT FROM versioned) AND version_id NOT IN (SELECT version_id FROM ad_version);
DELETE FROM contact WHERE version_id IN (SELECT version_id FROM returned);
DELETE FROM place WHERE version_id IN (SELECT version_id FROM returned);
DELETE FROM price WHERE version_id IN (SELECT version_id FROM returned);
DELETE FROM stated_age WHERE version_id IN (SELECT version_id FROM returned);
DELETE FROM ad_language WHERE version_id IN (SELECT version_id FROM returned);
DELETE FROM cue WHERE version_id IN (SELECT version_id FROM returned);
DELETE FROM text_sketch WHERE version_id IN (SELECT version_id FROM returned);
DELETE FROM observed WHERE version_id IN (SELECT version_id FROM returned);

INSERT INTO ad_version
SELECT version_id::BIGINT, min(ad_id)::BIGINT, min(seen_at), any_value(posted_at), any_value(title), any_value(body), any_value(name), any_value(age),
       any_value(city), any_value(address), any_value(venue), any_value(price), any_value(phones), any_value(emails), any_value(handles),
       any_value(payment), any_value(account), any_value(comments), any_value(images)
FROM versioned
WHERE version_id::BIGINT NOT IN (SELECT version_id FROM ad_version)
GROUP BY version_id;

INSERT INTO sighting
SELECT ad_id::BIGINT, min(version_id)::BIGINT, seen_at
FROM versioned
GROUP BY ad_id, seen_at
ON CONFLICT DO NOTHING;

CREATE OR REPLACE TEMP TABLE newest AS
SELECT ad_id::BIGINT AS ad_id, any_value(site) AS site, any_value(url) AS url, arg_max(category, (seen_at, version_id)) AS category,
       min(seen_at) AS first_seen, max(seen_at) AS last_seen, arg_max(version_id, (seen_at, version_id))::BIGINT AS version_id
FROM versioned
GROUP BY ad_id;

UPDATE ad SET first_seen = least(ad.first_seen, newest.first_seen),
              state = 'listed',
              url = newest.url,
              category = CASE WHEN newest.last_seen >= ad.last_seen THEN newest.category ELSE ad.category END,
              current_version = CASE WHEN newest.last_seen >= ad.last_seen THEN newest.version_id ELSE ad.current_version END,
              last_seen = greatest(ad.last_seen, newest.last_seen)
FROM newest
WHERE ad.ad_id = newest.ad_id
  AND (newest.first_seen < ad.first_seen OR newest.last_seen > ad.last_seen);

INSERT INTO ad
SELECT ad_id, site, url, category, first_seen, last_seen, 'listed', version_id
FROM newest
WHERE ad_id NOT IN (SELECT ad_id FROM ad)
ORDER BY ad_id;

INSERT INTO landed_image
SELECT ad_id::BIGINT, image, max(seen_at), any_value(pdq), any_value(quality), any_value(unreadable)
FROM new_image
GROUP BY ad_id, image;

INSERT INTO rejected SELECT * FROM new_rejected;

INSERT INTO landed_run SELECT * FROM new_run;

INSERT INTO ad_landed
SELECT ad_id::BIGINT, max(landed_at) FROM new_landed GROUP BY ad_id
ON CONFLICT DO UPDATE SET landed_at = greatest(landed_at, excluded.landed_at);
