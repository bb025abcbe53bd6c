-- cluster_write: clusters and their members as they are tonight.
-- reads   member_now(ad_id, cluster_id), ad, persona      writes  cluster, cluster_member
DELETE FROM cluster_member WHERE ad_id NOT IN (SELECT ad_id FROM member_now);

INSERT INTO cluster_member SELECT ad_id, cluster_id FROM member_now ORDER BY ad_id
ON CONFLICT DO UPDATE SET cluster_id = excluded.cluster_id;

CREATE OR REPLACE TEMP TABLE cluster_now AS
SELECT member_now.cluster_id, min(ad.first_seen) AS first_seen, max(ad.last_seen) AS last_seen, count(DISTINCT ad.ad_id)::INTEGER AS ads,
       count(DISTINCT persona.persona)::INTEGER AS personas
FROM member_now JOIN ad ON ad.ad_id = member_now.ad_id LEFT JOIN persona ON persona.ad_id = ad.ad_id AND persona.main
GROUP BY member_now.cluster_id;

DELETE FROM cluster WHERE cluster_id NOT IN (SELECT cluster_id FROM cluster_now);

INSERT INTO cluster SELECT * FROM cluster_now ORDER BY cluster_id
ON CONFLICT DO UPDATE SET first_seen = excluded.first_seen, last_seen = excluded.last_seen, ads = excluded.ads, personas = excluded.personas;
