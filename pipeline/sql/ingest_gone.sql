-- ingest_gone: an ad is gone when its page says so (404, 410), or when the site's two latest crawls with whole lists did not name it.
-- reads   site_run, ad, ad_listed, new_gone (temporary)      writes  ad.state, ad_gone
-- A crawl that failed, was cut short or lies outside its bounds proves nothing about the ads that it did not name.
CREATE OR REPLACE TEMP TABLE proved AS
WITH whole AS (
    SELECT site, started_at, row_number() OVER (PARTITION BY site ORDER BY started_at DESC) AS back
    FROM site_run
    WHERE lists_whole AND (len(outside) = 0 OR accepted_by <> '')),
unlisted AS (
    SELECT ad.ad_id, whole.started_at AS gone_at, 'unlisted' AS proof
    FROM whole JOIN ad ON ad.site = whole.site LEFT JOIN ad_listed AS listed ON listed.ad_id = ad.ad_id
    WHERE whole.back = 2 AND ad.last_seen < whole.started_at AND coalesce(listed.listed_at < whole.started_at, true)),
answered AS (
    SELECT new_gone.ad_id, max(new_gone.gone_at) AS gone_at, max(new_gone.proof) AS proof
    FROM new_gone JOIN ad ON ad.ad_id = new_gone.ad_id AND ad.last_seen < new_gone.gone_at
    GROUP BY new_gone.ad_id)
SELECT ad_id, max(gone_at) AS gone_at, min(proof) AS proof  -- a number before a word: the page's own answer is the better proof
FROM (FROM unlisted UNION ALL FROM answered)
GROUP BY ad_id;
INSERT INTO ad_gone
SELECT * FROM proved WHERE ad_id IN (SELECT ad_id FROM ad WHERE state = 'listed')
ON CONFLICT DO UPDATE SET gone_at = excluded.gone_at, proof = excluded.proof;
UPDATE ad SET state = 'gone' WHERE state = 'listed' AND ad_id IN (SELECT ad_id FROM proved);
