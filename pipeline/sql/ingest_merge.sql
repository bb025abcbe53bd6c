-- ingest_merge: what was loaded, merged into the store as a set, whatever the order of the files.
-- reads   new_ad, new_image, new_rejected, new_landed, new_run, new_listed, new_read, new_stood, new_gone (temporary)
-- writes  ad, ad_version, sighting, landed_image, rejected, landed_run, ad_landed, ad_listed, ad_read, ad_gone
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
DELETE FROM stated_stay WHERE version_id IN (SELECT version_id FROM returned);
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
SELECT ad_id::BIGINT, image, max(seen_at), any_value(pdq), any_value(quality), any_value(unreadable), any_value(parts)
FROM new_image
GROUP BY ad_id, image;

INSERT INTO rejected SELECT * FROM new_rejected;

INSERT OR REPLACE INTO landed_run SELECT * FROM new_run;

INSERT INTO ad_landed
SELECT ad_id::BIGINT, max(landed_at)
FROM (FROM new_landed UNION ALL SELECT ad_id, seen_at FROM new_stood)
WHERE ad_id::BIGINT IN (SELECT ad_id FROM ad)
GROUP BY ad_id
ON CONFLICT DO UPDATE SET landed_at = greatest(landed_at, excluded.landed_at);

-- an ad that stands in the lists and was not due to be asked for, or that the site said is as it was: seen, with the content it had
INSERT INTO sighting
SELECT stood.ad_id, ad.current_version, stood.seen_at
FROM new_stood AS stood JOIN ad ON ad.ad_id = stood.ad_id AND ad.current_version IN (SELECT version_id FROM ad_version)
ON CONFLICT DO NOTHING;
UPDATE ad SET last_seen = greatest(ad.last_seen, stood.seen_at), state = 'listed'
FROM (SELECT ad_id, max(seen_at) AS seen_at FROM new_stood GROUP BY ad_id) AS stood
WHERE ad.ad_id = stood.ad_id AND stood.seen_at > ad.last_seen;

-- an ad whose page was not understood stands in the lists all the same: its row here keeps it from being called gone
INSERT INTO ad_listed
SELECT ad_id, any_value(site), max(listed_at) FROM new_listed WHERE ad_id IN (SELECT ad_id FROM ad) GROUP BY ad_id
ON CONFLICT DO UPDATE SET listed_at = greatest(listed_at, excluded.listed_at);
INSERT INTO ad_read
SELECT ad_id, max(read_at), arg_max(etag, read_at), arg_max(last_modified, read_at) FROM new_read WHERE ad_id IN (SELECT ad_id FROM ad) GROUP BY ad_id
ON CONFLICT DO UPDATE SET etag = CASE WHEN excluded.read_at >= read_at THEN excluded.etag ELSE etag END,
                          last_modified = CASE WHEN excluded.read_at >= read_at THEN excluded.last_modified ELSE last_modified END,
                          read_at = greatest(read_at, excluded.read_at);
UPDATE ad_read SET read_at = greatest(ad_read.read_at, stood.seen_at)
FROM (SELECT ad_id, max(seen_at) AS seen_at FROM new_stood WHERE how = 'unchanged' GROUP BY ad_id) AS stood
WHERE ad_read.ad_id = stood.ad_id;
DELETE FROM ad_gone USING ad WHERE ad_gone.ad_id = ad.ad_id AND ad.last_seen > ad_gone.gone_at;
