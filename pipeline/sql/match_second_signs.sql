-- match_second_signs: weak matches of pictures that a second picture of the same two ads confirms.
-- reads   strong_group(photo_id, name) of the caller, photo_hash, photo_match      writes  photo_match
-- params  $most: ads beyond which a picture is everywhere and confirms nothing
-- Asked of groups, not of the pairs that were met: then it does not matter which picture of a group came first.
-- Only an ad with pictures of two groups or more can confirm anything, so only those are asked.
CREATE OR REPLACE TEMP TABLE held AS
WITH bearing AS (SELECT DISTINCT hash.ad_id, strong_group.name FROM strong_group JOIN photo_hash AS hash USING (photo_id)),
known AS (SELECT ad_id, name FROM bearing SEMI JOIN (SELECT name FROM bearing GROUP BY name HAVING count(*) <= $most) USING (name))
SELECT ad_id, name FROM known SEMI JOIN (SELECT ad_id FROM known GROUP BY ad_id HAVING count(*) > 1) USING (ad_id);

-- Written down one after the other: asked in one piece, the planner holds every picture against every other first.
CREATE OR REPLACE TEMP TABLE doubt AS
SELECT one.name AS one, other.name AS other
FROM photo_match JOIN strong_group AS one ON one.photo_id = left_photo JOIN strong_group AS other ON other.photo_id = right_photo
WHERE needs_second_sign OR second <> '';

CREATE OR REPLACE TEMP TABLE left_met AS
SELECT held.ad_id AS left_ad, one AS left_name, other AS right_name
FROM (SELECT one, other FROM doubt WHERE one <> other UNION SELECT other, one FROM doubt WHERE one <> other) AS either JOIN held ON held.name = either.one;

CREATE OR REPLACE TEMP TABLE met AS
SELECT left_ad, held.ad_id AS right_ad, left_name, right_name FROM left_met JOIN held ON held.name = left_met.right_name AND held.ad_id > left_met.left_ad;

CREATE OR REPLACE TEMP TABLE confirmed AS
WITH shared AS (
    SELECT pair.left_ad, pair.right_ad, left_held.name AS left_name, right_held.name AS right_name
    FROM (SELECT DISTINCT left_ad, right_ad FROM met) AS pair
    JOIN held AS left_held ON left_held.ad_id = pair.left_ad JOIN held AS right_held ON right_held.ad_id = pair.right_ad AND right_held.name = left_held.name),
twice AS (
    SELECT left_ad, right_ad FROM (SELECT * FROM met UNION ALL SELECT * FROM shared)
    GROUP BY left_ad, right_ad HAVING min(left_name) <> max(left_name) AND min(right_name) <> max(right_name))
SELECT DISTINCT least(left_name, right_name) AS one, greatest(left_name, right_name) AS other FROM met JOIN twice USING (left_ad, right_ad);

UPDATE photo_match SET second = now.second, needs_second_sign = now.second = ''
FROM (
    SELECT left_photo, right_photo, CASE WHEN confirmed.one IS NULL THEN '' ELSE 'another picture of the two ads' END AS second
    FROM photo_match JOIN strong_group AS one ON one.photo_id = left_photo JOIN strong_group AS other ON other.photo_id = right_photo
    LEFT JOIN confirmed ON confirmed.one = least(one.name, other.name) AND confirmed.other = greatest(one.name, other.name)
    WHERE (needs_second_sign OR second <> '')) AS now
WHERE photo_match.left_photo = now.left_photo AND photo_match.right_photo = now.right_photo AND photo_match.second IS DISTINCT FROM now.second;
