-- link_recycled: contacts that rested so long that their ads before and after are not linked: the number has probably another owner.
-- reads   link_sign, ad      writes  excluded (kind recycled)      grain  contact      params  $recycled_days
CREATE OR REPLACE TEMP TABLE recycled_now AS
WITH owned AS (
    SELECT shared, owner, min(first_seen) AS first_seen, max(last_seen) AS last_seen
    FROM link_sign JOIN ad USING (ad_id) WHERE kind NOT IN ('photo', 'template') GROUP BY shared, owner),
followed AS (
    SELECT shared, first_seen, max(last_seen) OVER (PARTITION BY shared ORDER BY owner ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS rested_from
    FROM owned)
SELECT 'recycled' AS kind, shared AS id,
       'recycled: rested ' || date_diff('day', max(rested_from), max(first_seen)) || ' days before ' || strftime(max(first_seen), '%Y-%m-%d') AS reason
FROM followed WHERE rested_from IS NOT NULL
GROUP BY shared;

DELETE FROM excluded WHERE kind = 'recycled' AND id NOT IN (SELECT id FROM recycled_now);

UPDATE excluded SET reason = recycled_now.reason
FROM recycled_now WHERE excluded.kind = 'recycled' AND excluded.id = recycled_now.id AND excluded.reason <> recycled_now.reason;

INSERT INTO excluded SELECT * FROM recycled_now ORDER BY id
ON CONFLICT (kind, id) DO NOTHING;
