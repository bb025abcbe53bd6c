-- score_coverage: share of what the rules read that is known, 0 to 1: phone, picture, text, age and place of each ad of a cluster.
-- reads   cluster_member, contact, photo_group, text_sketch, stated_age, place      grain  cluster
-- What is not known is neither a sign nor its absence: it lowers this share, never the total.
SELECT member.cluster_id, avg(
    ((member.ad_id IN (SELECT ad_id FROM contact WHERE kind = 'phone'))::INTEGER + (member.ad_id IN (SELECT ad_id FROM photo_group))::INTEGER
     + (member.ad_id IN (SELECT ad_id FROM text_sketch))::INTEGER + (member.ad_id IN (SELECT ad_id FROM stated_age))::INTEGER
     + (member.ad_id IN (SELECT ad_id FROM place))::INTEGER) / 5.0) AS coverage
FROM cluster_member AS member GROUP BY ALL ORDER BY member.cluster_id
