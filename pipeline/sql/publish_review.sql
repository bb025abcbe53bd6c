-- publish_review: what the people who review may see: no raw text, no name, no contact but a pseudonym and its last digits.
-- reads   the store      writes  the review snapshot `out`      params  $run, $as_of
-- Ads that may be of children are in out.safeguarding alone, which opens for the named officer, and clusters are counted without them.
CREATE TABLE out.run AS SELECT $run::VARCHAR AS run, $as_of::TIMESTAMP AS as_of;
CREATE TABLE out.minor_ad AS
SELECT ad_id FROM observed WHERE minor
UNION
SELECT evidence.ad_id FROM finding_evidence AS evidence JOIN finding USING (finding_id) WHERE finding.strength = 'route' AND finding.indicator LIKE 'minor%'
ORDER BY ad_id;
CREATE TABLE out.ad AS
SELECT ad.ad_id, site, url, category, first_seen, last_seen, state, current_version
FROM ad
WHERE ad_id IN (SELECT ad_id FROM cluster_member UNION SELECT ad_id FROM finding_evidence) AND ad_id NOT IN (SELECT ad_id FROM out.minor_ad)
ORDER BY ad_id;
CREATE TABLE out.safeguarding AS
SELECT finding.finding_id, ad.ad_id, site, url, first_seen, last_seen, sentence_sv, sentence_en, evidence.field, evidence.shown
FROM finding JOIN finding_evidence AS evidence USING (finding_id) JOIN ad ON ad.ad_id = evidence.ad_id
WHERE finding.strength = 'route' AND finding.indicator LIKE 'minor%'
ORDER BY ALL;
CREATE TABLE out.cluster AS
WITH known AS (
    SELECT member.cluster_id, count(DISTINCT member.ad_id) AS ads, count(DISTINCT persona.persona) AS personas
    FROM cluster_member AS member SEMI JOIN out.ad USING (ad_id) LEFT JOIN persona ON persona.ad_id = member.ad_id AND persona.main GROUP BY member.cluster_id)
SELECT cluster.* REPLACE (coalesce(known.ads, 0)::INTEGER AS ads, coalesce(known.personas, 0)::INTEGER AS personas)
FROM cluster LEFT JOIN known USING (cluster_id) ORDER BY cluster_id;
CREATE TABLE out.cluster_member AS SELECT * FROM cluster_member WHERE ad_id NOT IN (SELECT ad_id FROM out.minor_ad) ORDER BY ad_id;
CREATE TABLE out.cluster_lineage AS SELECT * FROM cluster_lineage ORDER BY ALL;
CREATE TABLE out.cluster_priority AS SELECT * FROM cluster_priority ORDER BY cluster_id;
CREATE TABLE out.finding AS SELECT * FROM finding WHERE NOT (strength = 'route' AND indicator LIKE 'minor%') ORDER BY finding_id;
CREATE TABLE out.finding_evidence AS
SELECT finding_evidence.* FROM finding_evidence
WHERE finding_id IN (SELECT finding_id FROM out.finding) AND ad_id NOT IN (SELECT ad_id FROM out.minor_ad) ORDER BY ALL;
CREATE TABLE out.counter_evidence AS SELECT * FROM counter_evidence ORDER BY ALL;
CREATE TABLE out.link AS
SELECT link.* FROM link
WHERE admitted AND left_ad IN (SELECT ad_id FROM out.ad) AND right_ad IN (SELECT ad_id FROM out.ad) ORDER BY left_ad, right_ad, kind;
CREATE TABLE out.link_judgement AS SELECT * FROM link_judgement ORDER BY judgement;
CREATE TABLE out.link_judged_ad AS SELECT * FROM link_judged_ad WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.cluster_doubt AS
SELECT * FROM cluster_doubt WHERE left_ad IN (SELECT ad_id FROM out.ad) AND right_ad IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.persona AS SELECT * FROM persona WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.observed AS SELECT version_id, ad_id, minor, persona_name, text_cut FROM observed WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY version_id;
CREATE TABLE out.contact AS SELECT * FROM contact WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.place AS SELECT * FROM place WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.price AS SELECT * FROM price WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.stated_age AS SELECT * FROM stated_age WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.ad_language AS SELECT * FROM ad_language WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.cue AS SELECT * FROM cue WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.photo_group AS SELECT * FROM photo_group WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY photo_id;
CREATE TABLE out.text_template AS SELECT * FROM text_template WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY version_id;
CREATE TABLE out.largest_template AS
SELECT coalesce(max(texts), 0)::BIGINT AS largest, coalesce(sum(texts), 0)::BIGINT AS texts
FROM (SELECT count(*) AS texts FROM text_template WHERE stop = '' GROUP BY text_template);
CREATE TABLE out.excluded AS SELECT * FROM excluded ORDER BY ALL;
CREATE TABLE out.sighting AS SELECT ad_id, seen_at FROM sighting WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.rejected AS SELECT site, reason, count(*) AS pages, max(seen_at) AS last_seen FROM rejected GROUP BY ALL ORDER BY ALL;
CREATE TABLE out.landed_run AS SELECT * FROM landed_run ORDER BY ALL;
CREATE TABLE out.site_run AS SELECT * FROM site_run ORDER BY started_at, landing_file;
CREATE TABLE out.purged AS SELECT purged_at, overdue, withheld FROM purged ORDER BY purged_at DESC LIMIT 1;
