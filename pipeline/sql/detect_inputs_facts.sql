-- detect_inputs_facts: what single rules need beside people and stays, made of what the earlier stages wrote.
-- reads   temp shown_ad, temp stay, ad, ad_version, sighting, observed, stated_age, contact, price, place, photo_hash, photo_group,
--         text_template, town_at (of the caller: municipality, latitude, longitude)
-- writes  temp posting(ad_id, posted_at): times that the site itself gives, to the minute; dates alone are not times
--         temp distance(municipality, other, km): between the middles of municipalities that ads name, both ways
--         temp venue_seen(ad_id, category, venue, municipality, named, starts, ends): a house (named) or address in one municipality, spelt one way
--         temp presented(ad_id, cluster_id, seen_at, name, age, pictures, phones, template): how one version presents somebody
--         temp pronoun(ad_id, first_person, third_person): how often an ad's text says so in Swedish or English
--         temp half_hour(ad_id, cluster_id, version_id, county, category, seen_at, amount): crowns for half an hour
--         temp youth_emoji(ad_id): ads whose text shows pictures that are said to stand for youth
CREATE OR REPLACE TEMP TABLE posting AS
SELECT DISTINCT shown.ad_id, TRY_CAST(version.posted_at AS TIMESTAMP) AS posted_at
FROM shown_ad AS shown JOIN ad_version AS version USING (ad_id)
WHERE shown.cluster_id IS NOT NULL AND regexp_matches(version.posted_at, '\d[T ]\d\d:\d\d')
  AND TRY_CAST(version.posted_at AS TIMESTAMP) <> date_trunc('day', TRY_CAST(version.posted_at AS TIMESTAMP));

CREATE OR REPLACE TEMP TABLE distance AS
WITH named AS (SELECT DISTINCT municipality, latitude, longitude FROM stay JOIN town_at USING (municipality))
SELECT one.municipality, other.municipality AS other,
       6371 * 2 * asin(sqrt(power(sin(radians(other.latitude - one.latitude) / 2), 2)
           + cos(radians(one.latitude)) * cos(radians(other.latitude)) * power(sin(radians(other.longitude - one.longitude) / 2), 2))) AS km
FROM named AS one CROSS JOIN named AS other WHERE one.municipality <> other.municipality;

CREATE OR REPLACE TEMP TABLE venue_seen AS
WITH named AS (
    SELECT shown.ad_id, version.version_id, ad.category, coalesce(nullif(version.venue, ''), nullif(version.address, '')) AS venue,
           coalesce(version.venue, '') <> '' AS named
    FROM shown_ad AS shown JOIN ad USING (ad_id) JOIN ad_version AS version USING (ad_id) WHERE shown.cluster_id IS NOT NULL)
SELECT named.ad_id, named.category, regexp_replace(lower(named.venue), '[^\p{L}\p{N}]+', '', 'g') AS venue, coalesce(place.municipality, '') AS municipality, named.named,
       min(sighting.seen_at) AS starts, max(sighting.seen_at) AS ends
FROM named JOIN sighting ON sighting.version_id = named.version_id LEFT JOIN place ON place.version_id = named.version_id AND place.main
WHERE named.venue IS NOT NULL GROUP BY ALL;

-- Only ads that changed their name: all others present one person.
CREATE OR REPLACE TEMP TABLE presented AS
WITH renamed AS (
    SELECT observed.ad_id, any_value(shown.cluster_id) AS cluster_id FROM observed JOIN shown_ad AS shown USING (ad_id)
    WHERE persona_name <> '' GROUP BY observed.ad_id HAVING count(DISTINCT persona_name) > 1),
aged AS (SELECT version_id, median(age)::INTEGER AS age FROM stated_age GROUP BY version_id),
called AS (SELECT version_id, list(DISTINCT contact_id ORDER BY contact_id) AS phones FROM contact WHERE kind = 'phone' GROUP BY version_id),
pictured AS (
    SELECT version.version_id, list(DISTINCT photo.photo_group ORDER BY photo.photo_group) AS pictures
    FROM ad_version AS version SEMI JOIN renamed USING (ad_id) JOIN photo_hash AS hash ON hash.ad_id = version.ad_id AND list_contains(version.images, hash.image)
    JOIN photo_group AS photo USING (photo_id) WHERE photo.stop = '' GROUP BY version.version_id)
SELECT version.ad_id, renamed.cluster_id, version.seen_at, observed.persona_name AS name, aged.age, coalesce(pictured.pictures, []) AS pictures,
       coalesce(called.phones, []) AS phones, template.text_template AS template
FROM ad_version AS version JOIN renamed USING (ad_id) JOIN observed USING (version_id) LEFT JOIN aged USING (version_id) LEFT JOIN called USING (version_id)
LEFT JOIN pictured USING (version_id) LEFT JOIN text_template AS template USING (version_id)
WHERE observed.persona_name <> '';

-- Words of either gender count alike. Words that mean something else in a neighbouring language (min, i, her) are left out.
CREATE OR REPLACE TEMP TABLE pronoun AS
SELECT shown.ad_id,
       len(regexp_extract_all(version.body, '(?i)\b(jag|mig|mej|mina|mitt|my|me|myself|i''m|i am|i have|i like|i love|i offer|i can|i will)\b')) AS first_person,
       len(regexp_extract_all(version.body, '(?i)\b(hon|henne|hennes|han|honom|hans|she|hers|he|him|his)\b')) AS third_person
FROM shown_ad AS shown JOIN ad_version AS version ON version.version_id = shown.version_id
WHERE shown.cluster_id IS NOT NULL AND version.body IS NOT NULL;

CREATE OR REPLACE TEMP TABLE half_hour AS
SELECT shown.ad_id, shown.cluster_id, price.version_id, place.municipality[:2] AS county, ad.category, sighting.seen_at, min(price.amount * 30.0 / price.minutes) AS amount
FROM shown_ad AS shown JOIN ad USING (ad_id) JOIN price ON price.ad_id = shown.ad_id JOIN sighting ON sighting.version_id = price.version_id
JOIN place ON place.version_id = price.version_id AND place.main
WHERE price.currency = 'SEK' AND price.minutes BETWEEN 30 AND 120 GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE youth_emoji AS
SELECT DISTINCT shown.ad_id FROM shown_ad AS shown JOIN ad_version AS version ON version.version_id = shown.version_id
WHERE regexp_matches(coalesce(version.title, '') || ' ' || coalesce(version.body, ''), '[🍒🌸💗🌱]');
