-- ingest_facts: one crawl in numbers, before it is judged; each statement gives one row, and together they give its facts.
-- reads   landing.*, temp tonight, temp last_listed, temp new_ad, ad
-- Statements of their own, because joining eleven single rows costs the planner more than all the counting.
SELECT site, started_at, finished_at, complete FROM landing.run;

SELECT count(*) AS lists, count(*) FILTER (state = 'done' AND why = '') AS whole
FROM (SELECT arg_max(state, rowid) AS state, arg_max(why, rowid) AS why FROM landing.frontier WHERE kind <> 'ad' GROUP BY url);

SELECT count(*) FILTER (how <> 'gone') AS listed, count(*) FILTER (how IN ('listed', 'unchanged')) AS unchanged, count(*) FILTER (how = 'gone') AS gone
FROM tonight;

SELECT count(*) AS new_ads FROM tonight
WHERE how NOT IN ('gone', 'listed', 'unchanged') AND ad_id NOT IN (SELECT ad_id FROM last_listed)
  AND ad_id NOT IN (SELECT ad_id FROM ad) AND NOT EXISTS (SELECT 1 FROM new_ad WHERE new_ad.ad_id = tonight.ad_id);

SELECT count(*) AS known, count(*) FILTER (ad_id NOT IN (SELECT ad_id FROM tonight WHERE how <> 'gone')) AS absent FROM last_listed;

SELECT count(*) AS ads,
       [count(*) FILTER (title <> ''), count(*) FILTER (body <> ''), count(*) FILTER (posted_at <> ''), count(*) FILTER (name <> ''), count(*) FILTER (age <> ''),
        count(*) FILTER (city <> ''), count(*) FILTER (address <> ''), count(*) FILTER (venue <> ''), count(*) FILTER (price <> ''),
        count(*) FILTER (account <> ''), count(*) FILTER (len(phones) > 0), count(*) FILTER (len(emails) > 0), count(*) FILTER (len(handles) > 0),
        count(*) FILTER (len(payment) > 0), count(*) FILTER (len(images) > 0)] AS shown
FROM landing.ad_seen;

SELECT count(*) AS pages, coalesce(median(bytes) FILTER (kind = 'ad' AND status = 200), 0)::INTEGER AS ad_bytes,
       coalesce(median(bytes) FILTER (kind IN ('list', 'sitemap') AND status = 200), 0)::INTEGER AS list_bytes
FROM landing.page_fetch;

SELECT count(*) AS rejected FROM landing.rejected;

SELECT coalesce(map_from_entries(list((status, pages) ORDER BY status)), MAP {}) AS statuses
FROM (SELECT status::VARCHAR AS status, count(*)::INTEGER AS pages FROM landing.page_fetch WHERE kind <> 'robots' GROUP BY ALL);

SELECT coalesce(map_from_entries(list((form, ads) ORDER BY ads DESC, form)[:5]), MAP {}) AS dates
FROM (SELECT regexp_replace(regexp_replace(posted_at[:40], '\d+', '9', 'g'), '\pL+', 'a', 'g') AS form, count(*)::INTEGER AS ads
      FROM landing.ad_seen WHERE posted_at <> '' GROUP BY ALL);
