-- Thirty questions that analysts ask, ready for `lykta sql`. Each stands alone; the line above says what it answers. docs/data.md says what the tables are.

-- 1. How many ads does each site show today, and how many are gone?
SELECT site, state, count(*) AS ads FROM ad GROUP BY ALL ORDER BY ALL;

-- 2. How many ads were seen for the first time each month?
SELECT date_trunc('month', first_seen) AS month, site, count(*) AS ads FROM ad GROUP BY ALL ORDER BY ALL;

-- 3. How long do ads stay, by category?
SELECT category, median(date_diff('day', first_seen, last_seen)) AS median_days, count(*) AS ads FROM ad GROUP BY category ORDER BY category;

-- 4. In which municipalities are most ads?
SELECT municipality, count(DISTINCT ad_id) AS ads FROM ad_place WHERE main GROUP BY municipality ORDER BY ads DESC, municipality LIMIT 50;

-- 5. Which share of ads shows a contact of each kind?
SELECT kind, count(DISTINCT ad_id) AS ads, round(count(DISTINCT ad_id) / (SELECT count(*) FROM ad), 3) AS share FROM ad_contact GROUP BY kind ORDER BY ads DESC, kind;

-- 6. Which contacts stand in most ads?
SELECT contact_id, kind, count(DISTINCT ad_id) AS ads FROM ad_contact GROUP BY ALL ORDER BY ads DESC, contact_id LIMIT 25;

-- 7. Which contacts are shown in most municipalities?
SELECT contact_id, count(DISTINCT municipality) AS municipalities, count(DISTINCT ad_id) AS ads
FROM ad_contact JOIN ad_place USING (ad_id) GROUP BY contact_id HAVING municipalities > 1 ORDER BY municipalities DESC, contact_id LIMIT 25;

-- 8. What does an hour cost, by municipality?
SELECT municipality, median(amount) AS median_sek, count(DISTINCT ad_id) AS ads
FROM ad_price JOIN ad_place USING (ad_id) WHERE main AND minutes = 60 AND currency = 'SEK' GROUP BY municipality ORDER BY ads DESC, municipality;

-- 9. How are prices spread, by length of time?
SELECT minutes, quantile_cont(amount, [0.1, 0.5, 0.9]) AS p10_p50_p90, count(*) AS prices FROM ad_price WHERE currency = 'SEK' GROUP BY minutes ORDER BY minutes;

-- 10. How many clusters are in each band?
SELECT coalesce(band, 'none') AS band, count(*) AS clusters FROM cluster LEFT JOIN cluster_priority USING (cluster_id) GROUP BY ALL ORDER BY ALL;

-- 11. How large are clusters?
SELECT ads, count(*) AS clusters FROM cluster GROUP BY ads ORDER BY ads;

-- 12. How many people as advertised do clusters of each band show?
SELECT band, median(personas) AS median_people, max(personas) AS most_people, count(*) AS clusters
FROM cluster JOIN cluster_priority USING (cluster_id) WHERE band IS NOT NULL GROUP BY band ORDER BY band;

-- 13. Which signs were met most?
SELECT indicator, strength, count(*) AS findings, count(DISTINCT cluster_id) AS clusters FROM finding GROUP BY ALL ORDER BY findings DESC, indicator;

-- 14. Which signs are met together?
SELECT one.indicator AS sign, other.indicator AS with_sign, count(DISTINCT one.cluster_id) AS clusters
FROM finding AS one JOIN finding AS other ON one.cluster_id = other.cluster_id AND one.indicator < other.indicator GROUP BY ALL ORDER BY clusters DESC, sign, with_sign;

-- 15. What speaks for an innocent explanation, and how often?
SELECT counter, count(*) AS clusters FROM counter_evidence GROUP BY counter ORDER BY clusters DESC, counter;

-- 16. Which signs stand beside which counter-evidence?
SELECT indicator, counter, count(DISTINCT cluster_id) AS clusters FROM finding JOIN counter_evidence USING (cluster_id) GROUP BY ALL ORDER BY clusters DESC, indicator, counter;

-- 17. How many clusters fail the gate, and how much is known of them?
SELECT gate_met, count(*) AS clusters, round(avg(coverage), 2) AS coverage FROM cluster_priority GROUP BY gate_met ORDER BY gate_met;

-- 18. What holds clusters back?
SELECT held_by, count(*) AS clusters FROM cluster_priority WHERE held_by <> '' GROUP BY held_by ORDER BY clusters DESC, held_by;

-- 19. In which municipalities do clusters of band A and B show ads?
SELECT municipality, count(DISTINCT cluster_id) AS clusters
FROM cluster_priority JOIN cluster_member USING (cluster_id) JOIN ad_place USING (ad_id) WHERE band IN ('A', 'B') AND main GROUP BY municipality ORDER BY clusters DESC, municipality;

-- 20. Which pairs of municipalities share clusters?
SELECT one.municipality AS here, other.municipality AS there, count(DISTINCT member.cluster_id) AS clusters
FROM cluster_member AS member JOIN ad_place AS one ON one.ad_id = member.ad_id AND one.main
JOIN cluster_member AS mate ON mate.cluster_id = member.cluster_id JOIN ad_place AS other ON other.ad_id = mate.ad_id AND other.main
WHERE one.municipality < other.municipality GROUP BY ALL ORDER BY clusters DESC, here, there LIMIT 50;

-- 21. Which text templates are used by most contacts?
SELECT text_template, count(DISTINCT contact_id) AS contacts, count(DISTINCT ad_id) AS ads
FROM ad_template JOIN ad_contact USING (ad_id) GROUP BY text_template HAVING contacts > 1 ORDER BY contacts DESC, text_template LIMIT 25;

-- 22. Which share of ads is built from a template that another ad uses too?
SELECT round(count(*) FILTER (users > 1) / count(*), 3) AS share FROM (SELECT ad_id, count(*) OVER (PARTITION BY text_template) AS users FROM ad_template);

-- 23. How many ads carry a phrase of each sign?
SELECT indicator, count(DISTINCT ad_id) AS ads FROM ad_cue GROUP BY indicator ORDER BY ads DESC, indicator;

-- 24. Which phrases are met most?
SELECT cue_id, count(DISTINCT ad_id) AS ads FROM ad_cue GROUP BY cue_id ORDER BY ads DESC, cue_id LIMIT 50;

-- 25. How many clusters are new this month?
SELECT date_trunc('month', first_seen) AS month, count(*) AS clusters FROM cluster GROUP BY month ORDER BY month;

-- 26. Which clusters were not seen for three weeks?
SELECT cluster_id, last_seen, ads, personas FROM cluster, run WHERE last_seen < as_of - INTERVAL 21 DAY ORDER BY last_seen, cluster_id;

-- 27. On how many sites is each cluster shown?
SELECT sites, count(*) AS clusters FROM (SELECT cluster_id, count(DISTINCT site) AS sites FROM cluster_member JOIN ad USING (ad_id) GROUP BY cluster_id) GROUP BY sites ORDER BY sites;

-- 28. Which ads have no contact, no place or no price?
SELECT count(*) FILTER (ad_id NOT IN (SELECT ad_id FROM ad_contact)) AS without_contact, count(*) FILTER (ad_id NOT IN (SELECT ad_id FROM ad_place)) AS without_place,
       count(*) FILTER (ad_id NOT IN (SELECT ad_id FROM ad_price)) AS without_price, count(*) AS ads FROM ad;

-- 29. Which clusters move most: how many municipalities in how many days?
SELECT cluster_id, count(DISTINCT municipality) AS municipalities, any_value(date_diff('day', cluster.first_seen, cluster.last_seen)) AS days
FROM cluster JOIN cluster_member USING (cluster_id) JOIN ad_place USING (ad_id) WHERE main GROUP BY cluster_id ORDER BY municipalities DESC, cluster_id LIMIT 25;

-- 30. From which night is what I see, and made with which rules?
SELECT run, run.as_of, list(DISTINCT catalogue) AS rules FROM run LEFT JOIN cluster_priority ON true GROUP BY ALL;
