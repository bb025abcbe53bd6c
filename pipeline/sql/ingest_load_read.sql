-- ingest_load_read: by what a site tells whether an ad has changed, into a temporary table; landing files of version 1 have none.
-- reads   landing.validator, landing.run      writes  new_read (temporary)
INSERT INTO new_read
SELECT md5_number_lower(run.site || chr(10) || url)::UBIGINT >> 1, run.started_at, max(etag), max(last_modified)
FROM landing.validator, landing.run AS run
GROUP BY ALL;
