-- ingest_tonight: which ads one crawl's lists name, and what became of each.
-- reads   landing.ad_seen, landing.frontier, landing.run      writes  temp tonight(ad_id, how, proof)      grain  ad
-- how     read: its page was understood; listed: not due to be asked for; unchanged: the site said so; gone: its page answered 404 or 410;
--         unread: named, and its page was not understood or not reached. Files without a frontier name what they read.
CREATE OR REPLACE TEMP TABLE tonight AS
WITH last AS (SELECT url, arg_max(kind, rowid) AS kind, arg_max(state, rowid) AS state, arg_max(why, rowid) AS why FROM landing.frontier GROUP BY url),
named AS (
    SELECT run.site, url, CASE WHEN why IN ('404', '410') THEN 'gone' WHEN why IN ('listed', 'unchanged') THEN why ELSE 'unread' END AS how, why AS proof
    FROM last, landing.run AS run WHERE kind = 'ad'
    UNION ALL
    SELECT site, url, 'read', '' FROM landing.ad_seen)
SELECT (md5_number_lower(site || chr(10) || url)::UBIGINT >> 1)::BIGINT AS ad_id,
       CASE WHEN bool_or(how = 'read') THEN 'read' ELSE max(how) END AS how, max(proof) AS proof
FROM named GROUP BY ad_id;
