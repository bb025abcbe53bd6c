-- ingest_load: one landing file's ads, pictures and refusals, into temporary tables.
-- reads   landing.ad_seen, landing.image_seen, landing.rejected, temp tonight
-- writes  new_ad, new_image, new_rejected, new_landed, new_listed, new_stood, new_gone (temporary)
-- params  $file: name of the landing file
-- The identity is 63 bits of md5(site, address): the same ad has the same id on every machine and in any order.
INSERT INTO new_ad
SELECT md5_number_lower(site || chr(10) || url)::UBIGINT >> 1 AS ad_id, *
FROM landing.ad_seen;
INSERT INTO new_image
SELECT md5_number_lower(site || chr(10) || url)::UBIGINT >> 1 AS ad_id, image, seen_at,
       list_filter(hashes, h -> h.kind = 'whole')[1].hash AS pdq, list_filter(hashes, h -> h.kind = 'whole')[1].quality AS quality,
       unreadable, list_filter(hashes, h -> h.kind <> 'whole') AS parts
FROM landing.image_seen;
INSERT INTO new_rejected SELECT site, url, reason, seen_at, line, $file FROM landing.rejected;
INSERT INTO new_landed
SELECT DISTINCT md5_number_lower(site || chr(10) || url)::UBIGINT >> 1, (SELECT started_at FROM landing.run) FROM landing.ad_seen;
INSERT INTO new_listed SELECT ad_id, run.site, run.started_at FROM tonight, landing.run AS run WHERE how <> 'gone';
INSERT INTO new_stood SELECT ad_id, run.started_at, how FROM tonight, landing.run AS run WHERE how IN ('listed', 'unchanged');
INSERT INTO new_gone SELECT ad_id, run.started_at, proof FROM tonight, landing.run AS run WHERE how = 'gone';
