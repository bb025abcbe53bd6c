-- review_store: a store as a night leaves it, of made-up rows: clusters of 20 ads, and some of 300, of which some hundreds have a band.
-- writes  ad, ad_version, sighting, observed, contact, place, stated_age, ad_language, text_template, persona, cluster, cluster_member, finding, finding_evidence, counter_evidence, cluster_priority
-- params  $ads: how many; $big: how many clusters of 300 among them; $as_of
CREATE TEMP TABLE drawn AS
SELECT number AS ad_id, CASE WHEN number < $ads - 300 * $big THEN 'k-' || lpad(to_hex(number // 20), 5, '0') ELSE 'k-f' || lpad(((number - $ads + 300 * $big) // 300)::VARCHAR, 3, '0') END AS cluster_id,
       number % 6 AS person, $as_of::TIMESTAMP - INTERVAL 1 DAY * (number % 25) - INTERVAL 3 HOUR AS last_seen,
       ['1283', '1280', '1281', '1480', '0180', '1880'][1 + number % 6] AS municipality
FROM range($ads) AS made(number);
INSERT INTO ad SELECT ad_id, 'exempel', 'https://exempel.example/annons/' || ad_id, 'escort', last_seen - INTERVAL 2 DAY, last_seen, 'listed', ad_id FROM drawn;
INSERT INTO ad_version (version_id, ad_id, seen_at, title, body)
SELECT ad_id, ad_id, last_seen, 'Lina i staden', 'Hej jag heter Lina ' || person || ' och är ' || (22 + person) || ' år. Jag är i staden några dagar och tycker om lugna stunder, god musik och långa samtal vid ett fönster. Ring vår reception så ordnar vi en tid som passar dig bra. Välkommen när du vill, vi har öppet alla dagar i veckan och det finns fika.' FROM drawn;
INSERT INTO sighting (ad_id, version_id, seen_at) SELECT ad_id, ad_id, last_seen FROM drawn;
INSERT INTO observed (version_id, ad_id, minor, persona_name, text_cut) SELECT ad_id, ad_id, false, '', false FROM drawn;
INSERT INTO contact (version_id, ad_id, kind, contact_id, confidence, field, start_at, end_at, steps, shown)
SELECT ad_id, ad_id, 'phone', md5(cluster_id), 1.0, 'phones', 0, 0, 0, '•••605' FROM drawn
UNION ALL SELECT ad_id, ad_id, 'account', md5(ad_id::VARCHAR), 1.0, 'account', 0, 0, 0, '•••' FROM drawn;
INSERT INTO place (version_id, ad_id, municipality, field, start_at, end_at, main) SELECT ad_id, ad_id, municipality, 'city', 0, 0, true FROM drawn;
INSERT INTO stated_age (version_id, ad_id, age, minor, field, start_at, end_at) SELECT ad_id, ad_id, 22 + person, false, 'age', 0, 0 FROM drawn;
INSERT INTO ad_language (version_id, ad_id, code, share) SELECT ad_id, ad_id, 'sv', 1.0 FROM drawn;
INSERT INTO text_template (version_id, ad_id, text_template, masked_length, stop) SELECT ad_id, ad_id, min(ad_id) OVER (PARTITION BY cluster_id), 300, '' FROM drawn;
INSERT INTO persona (ad_id, contact_id, persona, main) SELECT ad_id, md5(cluster_id), cluster_id || person, true FROM drawn;
INSERT INTO cluster_member (ad_id, cluster_id) SELECT ad_id, cluster_id FROM drawn;
INSERT INTO cluster (cluster_id, first_seen, last_seen, ads, personas)
SELECT cluster_id, min(last_seen) - INTERVAL 2 DAY, max(last_seen), count(*), count(DISTINCT person) FROM drawn GROUP BY cluster_id;
INSERT INTO finding (finding_id, indicator, cluster_id, subject, strength, last_supported, sentence_sv, sentence_en)
SELECT md5(cluster_id || name), name, cluster_id, cluster_id, strength, last_seen, sentence, sentence
FROM cluster, (VALUES ('shared_phone_multi_persona', 'strong', 'Samma telefonnummer förekommer i annonser för 6 olika personer under 60 dagar.'),
                      ('template_text_cross_persona', 'moderate', '6 personers annonser bygger på samma textmall.'),
                      ('third_party_contact_language', 'moderate', 'Texten antyder att någon annan sköter kontakten: ”vår reception”.')) AS said(name, strength, sentence);
INSERT INTO finding_evidence (finding_id, ad_id, field, shown)
SELECT finding_id, ad_id, 'text', 'vår reception' FROM finding JOIN drawn ON drawn.cluster_id = finding.cluster_id;
INSERT INTO counter_evidence (cluster_id, counter, sentence_sv, sentence_en) SELECT cluster_id, 'own_rules', 'Annonsen anger egna regler.', 'States own rules.' FROM cluster WHERE ads > 20;
INSERT INTO cluster_priority (cluster_id, band, total, coverage, gate_met, held_by, parts, as_of, catalogue)
SELECT cluster_id, CASE WHEN ads > 20 THEN 'A' WHEN cluster_id < 'k-000c8' THEN 'B' END, 6, 0.9, ads > 20 OR cluster_id < 'k-000c8', '',
       '{"families": [], "counter": [], "gate": [], "weakest": ""}', $as_of, 'x'
FROM cluster;
DROP TABLE drawn;
