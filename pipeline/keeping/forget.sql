-- forget: delete versions, texts and ads from every table of the store, and all that hung on them.
-- reads   gone_version(version_id), gone_text(version_id), gone_ad(ad_id) of the caller      writes  by deleting, nearly every table
-- A version in gone_text loses its text and keeps what linking needs; one in gone_version loses all; an ad without a version goes.
CREATE OR REPLACE TEMP TABLE lost_ad AS
SELECT ad_id FROM gone_ad
UNION
SELECT ad_id FROM ad WHERE ad_id IN (SELECT ad_id FROM version_of WHERE version_id IN (SELECT version_id FROM gone_version))
  AND ad_id NOT IN (SELECT ad_id FROM version_of WHERE version_id NOT IN (SELECT version_id FROM gone_version));
CREATE OR REPLACE TEMP TABLE lost_version AS
SELECT version_id FROM gone_version UNION SELECT version_id FROM version_of WHERE ad_id IN (SELECT ad_id FROM lost_ad);
CREATE OR REPLACE TEMP TABLE lost_photo AS SELECT photo_id FROM photo_hash WHERE ad_id IN (SELECT ad_id FROM lost_ad);

DELETE FROM rejected USING ad WHERE rejected.site = ad.site AND rejected.url = ad.url AND ad.ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM ad_version WHERE version_id IN (SELECT version_id FROM lost_version UNION SELECT version_id FROM gone_text);
DELETE FROM observed WHERE version_id IN (SELECT version_id FROM lost_version);
DELETE FROM contact WHERE version_id IN (SELECT version_id FROM lost_version);
DELETE FROM place WHERE version_id IN (SELECT version_id FROM lost_version);
DELETE FROM stated_stay WHERE version_id IN (SELECT version_id FROM lost_version);
DELETE FROM price WHERE version_id IN (SELECT version_id FROM lost_version);
DELETE FROM stated_age WHERE version_id IN (SELECT version_id FROM lost_version);
DELETE FROM ad_language WHERE version_id IN (SELECT version_id FROM lost_version UNION SELECT version_id FROM gone_text);
DELETE FROM cue WHERE version_id IN (SELECT version_id FROM lost_version);
DELETE FROM text_sketch WHERE version_id IN (SELECT version_id FROM lost_version);
DELETE FROM text_match WHERE left_version IN (SELECT version_id FROM lost_version) OR right_version IN (SELECT version_id FROM lost_version);
DELETE FROM text_template WHERE version_id IN (SELECT version_id FROM lost_version);
DELETE FROM sighting WHERE version_id IN (SELECT version_id FROM lost_version) OR ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM landed_image WHERE ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM photo_match WHERE left_photo IN (SELECT photo_id FROM lost_photo) OR right_photo IN (SELECT photo_id FROM lost_photo);
DELETE FROM photo_group WHERE photo_id IN (SELECT photo_id FROM lost_photo);
DELETE FROM photo_asked WHERE photo_id IN (SELECT photo_id FROM lost_photo);
DELETE FROM photo_hash WHERE photo_id IN (SELECT photo_id FROM lost_photo);
DELETE FROM persona WHERE ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM link WHERE left_ad IN (SELECT ad_id FROM lost_ad) OR right_ad IN (SELECT ad_id FROM lost_ad);
DELETE FROM link_judged_ad WHERE ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM cluster_doubt WHERE left_ad IN (SELECT ad_id FROM lost_ad) OR right_ad IN (SELECT ad_id FROM lost_ad);
DELETE FROM cluster_member WHERE ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM finding_evidence WHERE ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM ad_landed WHERE ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM ad_listed WHERE ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM ad_read WHERE ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM ad_gone WHERE ad_id IN (SELECT ad_id FROM lost_ad);
DELETE FROM ad WHERE ad_id IN (SELECT ad_id FROM lost_ad);

-- a cluster of one ad is none; a finding without evidence is none
DELETE FROM cluster WHERE cluster_id NOT IN (SELECT cluster_id FROM cluster_member GROUP BY cluster_id HAVING count(*) > 1);
DELETE FROM cluster_member WHERE cluster_id NOT IN (SELECT cluster_id FROM cluster);
DELETE FROM finding WHERE finding_id NOT IN (SELECT finding_id FROM finding_evidence) OR (cluster_id IS NOT NULL AND cluster_id NOT IN (SELECT cluster_id FROM cluster));
DELETE FROM finding_evidence WHERE finding_id NOT IN (SELECT finding_id FROM finding);
DELETE FROM counter_evidence WHERE cluster_id NOT IN (SELECT cluster_id FROM cluster);
DELETE FROM cluster_priority WHERE cluster_id NOT IN (SELECT cluster_id FROM cluster);
DELETE FROM cluster_lineage WHERE cluster_id NOT IN (SELECT cluster_id FROM cluster);
DELETE FROM excluded WHERE kind IN ('contact', 'recycled') AND id NOT IN (SELECT contact_id FROM contact);

-- what is left of a version that lost its text alone
UPDATE text_sketch SET masked = '', bands = [] WHERE version_id IN (SELECT version_id FROM gone_text) AND masked <> '';
UPDATE cue SET quote = '' WHERE version_id IN (SELECT version_id FROM gone_text) AND quote <> '';
UPDATE ad SET url = '' WHERE url <> '' AND ad_id NOT IN (SELECT ad_id FROM ad_version);
UPDATE photo_hash SET image = '' WHERE image <> '' AND ad_id NOT IN (SELECT ad_id FROM ad_version);
-- a sealed contact stays only while some kept text shows it
DELETE FROM contact_vault WHERE contact_id NOT IN (SELECT contact_id FROM contact WHERE version_id IN (SELECT version_id FROM ad_version));
