-- publish_analyst: ids, dates, municipalities, bands, cue and template ids, pseudonyms. No text, address of a page, name or language.
-- reads   the store      writes  the analysts' snapshot `out`      params  $run, $as_of
CREATE TABLE out.run AS SELECT $run::VARCHAR AS run, $as_of::TIMESTAMP AS as_of;
CREATE TABLE out.ad AS
SELECT ad_id, site, category, first_seen, last_seen, state FROM ad
WHERE ad_id NOT IN (SELECT ad_id FROM observed WHERE minor) AND ad_id NOT IN (
    SELECT evidence.ad_id FROM finding_evidence AS evidence JOIN finding USING (finding_id) WHERE finding.strength = 'route' AND finding.indicator LIKE 'minor%')
ORDER BY ad_id;
CREATE TABLE out.ad_contact AS
SELECT DISTINCT ad_id, kind, contact_id, max(confidence) AS confidence FROM contact WHERE ad_id IN (SELECT ad_id FROM out.ad) GROUP BY ALL ORDER BY ALL;
CREATE TABLE out.ad_place AS SELECT DISTINCT ad_id, municipality, main FROM place WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.ad_price AS SELECT DISTINCT ad_id, amount, currency, minutes FROM price WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.ad_cue AS SELECT DISTINCT ad_id, cue_id, indicator FROM cue WHERE NOT negated AND ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.ad_template AS SELECT DISTINCT ad_id, text_template FROM text_template WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ALL;
CREATE TABLE out.cluster AS
WITH known AS (
    SELECT member.cluster_id, count(DISTINCT member.ad_id) AS ads, count(DISTINCT persona.persona) AS personas
    FROM cluster_member AS member SEMI JOIN out.ad USING (ad_id) LEFT JOIN persona ON persona.ad_id = member.ad_id AND persona.main GROUP BY member.cluster_id)
SELECT cluster.* REPLACE (coalesce(known.ads, 0)::INTEGER AS ads, coalesce(known.personas, 0)::INTEGER AS personas)
FROM cluster LEFT JOIN known USING (cluster_id) ORDER BY cluster_id;
CREATE TABLE out.cluster_member AS SELECT * FROM cluster_member WHERE ad_id IN (SELECT ad_id FROM out.ad) ORDER BY ad_id;
CREATE TABLE out.cluster_priority AS SELECT cluster_id, band, gate_met, coverage, held_by, as_of, catalogue FROM cluster_priority ORDER BY cluster_id;
CREATE TABLE out.finding AS
SELECT finding_id, indicator, cluster_id, strength, last_supported FROM finding WHERE NOT (strength = 'route' AND indicator LIKE 'minor%') ORDER BY finding_id;
CREATE TABLE out.counter_evidence AS SELECT cluster_id, counter FROM counter_evidence ORDER BY ALL;
