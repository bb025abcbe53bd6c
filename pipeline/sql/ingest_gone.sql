-- ingest_gone: an ad is gone when the site's two latest complete crawls, none of them suspect, did not show it.
-- reads   landed_run, ad      writes  ad.state
-- A run that failed, was cut short or looks wrong proves nothing about the ads it did not see.
UPDATE ad SET state = 'gone'
FROM (SELECT site, started_at,
             row_number() OVER (PARTITION BY site ORDER BY started_at DESC) AS back
      FROM landed_run
      WHERE source = 'crawl' AND complete AND suspect_why = '') AS run
WHERE run.back = 2 AND ad.site = run.site AND ad.state = 'listed' AND ad.last_seen < run.started_at;
