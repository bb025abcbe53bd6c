-- match_text_groups: the template of every text, and why some never link.
-- reads   grouped_members(member, name), text_sketch, ad      writes  text_template
-- params  $share: of a site's ads, $ads: ads a site must have; a text in more of them is the site's own
-- grain   version_id
CREATE OR REPLACE TEMP TABLE group_now AS
WITH member AS (
    SELECT sketch.version_id, sketch.ad_id, grouped_members.name AS text_template, length(sketch.masked) AS masked_length, ad.site
    FROM grouped_members JOIN text_sketch AS sketch ON sketch.version_id = grouped_members.member JOIN ad ON ad.ad_id = sketch.ad_id),
site AS (SELECT site, count(*) AS ads FROM ad GROUP BY site),
spread AS (
    SELECT text_template, max(held / site.ads) AS share
    FROM (SELECT text_template, site, count(DISTINCT ad_id) AS held FROM member GROUP BY ALL) AS by_site JOIN site USING (site)
    WHERE site.ads >= $ads
    GROUP BY text_template)
SELECT version_id, ad_id, text_template, masked_length,
       CASE WHEN coalesce(spread.share, 0) > $share THEN 'text of the site' ELSE '' END AS stop
FROM member LEFT JOIN spread USING (text_template);

UPDATE text_template SET text_template = group_now.text_template, stop = group_now.stop
FROM group_now
WHERE text_template.version_id = group_now.version_id
  AND (text_template.text_template <> group_now.text_template OR text_template.stop <> group_now.stop);

INSERT INTO text_template
SELECT version_id, ad_id, text_template, masked_length, stop FROM group_now
WHERE version_id NOT IN (SELECT version_id FROM text_template) ORDER BY version_id;
