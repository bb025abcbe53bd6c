-- age_inconsistency: ages stated for one name and picture on one phone that differ by more than time explains.
-- reads   person, observed, photo_group, stated_age, sighting, excluded      grain  (cluster, phone)
-- params  $min_span: years beyond those that passed, $window_days
-- Name and picture both: a room that two people on a phone show must not make one of them.
WITH seen AS (SELECT version_id, min(seen_at) AS seen_at FROM sighting GROUP BY version_id),
stated AS (
    SELECT person.cluster_id, person.contact_id, observed.persona_name, photo.photo_group, stated_age.age, min(seen.seen_at) AS seen_at,
           min(person.ad_id) AS ad_id, max(person.last_seen) AS last_seen
    FROM person JOIN photo_group AS photo ON photo.ad_id = person.ad_id JOIN stated_age ON stated_age.ad_id = person.ad_id
    JOIN observed ON observed.version_id = stated_age.version_id JOIN seen ON seen.version_id = stated_age.version_id
    WHERE person.kind = 'phone' AND photo.stop = '' AND observed.persona_name <> '' AND NOT stated_age.minor
      AND photo.photo_group::VARCHAR NOT IN (SELECT id FROM excluded WHERE kind = 'photo_group')
    GROUP BY person.cluster_id, person.contact_id, observed.persona_name, photo.photo_group, stated_age.age),
apart AS (
    SELECT one.cluster_id, one.contact_id, least(one.age, other.age) || ', ' || greatest(one.age, other.age) AS ages,
           abs(one.age - other.age) AS years, greatest(one.last_seen, other.last_seen) AS last_seen,
           [{'ad_id': one.ad_id, 'field': 'age', 'shown': one.age || ' år, ' || strftime(one.seen_at, '%Y-%m-%d')},
            {'ad_id': other.ad_id, 'field': 'age', 'shown': other.age || ' år, ' || strftime(other.seen_at, '%Y-%m-%d')}] AS shown
    FROM stated AS one JOIN stated AS other USING (cluster_id, contact_id, persona_name, photo_group)
    WHERE one.seen_at <= other.seen_at AND one.age <> other.age AND date_diff('day', one.seen_at, other.seen_at) <= $window_days
      AND abs(one.age - other.age) - date_diff('day', one.seen_at, other.seen_at) / 365.25 >= $min_span)
SELECT cluster_id, contact_id AS subject, 'weak' AS strength, max(last_seen) AS last_supported, arg_max(ages, (years, ages)) AS ages,
       list_distinct(flatten(list(shown))) AS evidence
FROM apart GROUP BY cluster_id, contact_id
