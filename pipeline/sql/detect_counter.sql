-- detect_counter: what speaks for an innocent explanation, one row a cluster and kind.
-- reads   temp person, temp shown_ad, temp said_stay, cue, photo_group, ad_version, contact, excluded      writes  counter_evidence
-- grain   (cluster_id, counter)      params  $stable_days, $recycled_gap_days, $own_contact_days, $duo_words: RE2, $cue_share: of the ads, 0 to 1
-- What ads say speaks for a cluster from the share of ads from which it would speak against it: one ad of twenty does neither. That friends
-- openly work together is believed from one ad on. Days in a town that an ad names say that she travels as words do. People are counted by
-- `who`, on their main contacts: one person on two phones is one.
DELETE FROM counter_evidence;
INSERT INTO counter_evidence
WITH size AS (
    SELECT cluster_id, count(DISTINCT who) AS people, count(DISTINCT contact_id) AS contacts, date_diff('day', min(first_seen), max(last_seen)) AS days
    FROM person WHERE main GROUP BY ALL),
ads AS (SELECT cluster_id, count(*) AS ads FROM shown_ad WHERE cluster_id IS NOT NULL GROUP BY ALL),
said AS (
    SELECT shown.cluster_id, shown.ad_id, CASE cue.indicator WHEN 'client_screening_language' THEN 'own_rules_and_boundaries'
               WHEN 'prepayment_scam_marker' THEN 'stock_photo_or_scam' ELSE cue.indicator END AS counter
    FROM cue JOIN shown_ad AS shown USING (version_id)
    WHERE NOT cue.negated AND (cue.indicator = 'prepayment_scam_marker' OR cue.field <> 'comment' AND cue.indicator IN ('client_screening_language', 'movement_language'))
    UNION ALL SELECT shown.cluster_id, shown.ad_id, 'movement_language' FROM said_stay JOIN shown_ad AS shown USING (ad_id)
    UNION ALL SELECT shown.cluster_id, shown.ad_id, 'stock_photo_or_scam' FROM photo_group AS photo JOIN shown_ad AS shown USING (ad_id) WHERE photo.stop <> ''),
shared AS (SELECT said.cluster_id, counter FROM said JOIN ads USING (cluster_id) GROUP BY said.cluster_id, counter, ads HAVING count(DISTINCT ad_id) >= $cue_share * ads),
active AS (
    SELECT cluster_id, contact_id, persona, min(first_seen) AS starts, max(last_seen) AS ends FROM person WHERE kind = 'phone' GROUP BY ALL),
gap AS (
    SELECT cluster_id, starts, max(ends) OVER (PARTITION BY cluster_id, contact_id ORDER BY starts, persona ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM active),
own AS (
    SELECT person.cluster_id FROM person JOIN contact USING (ad_id) JOIN size USING (cluster_id)
    WHERE size.people = 1 AND person.main AND contact.kind NOT IN ('phone', 'account') AND contact.contact_id NOT IN (SELECT id FROM excluded WHERE kind = 'contact')
    GROUP BY person.cluster_id, contact.contact_id HAVING date_diff('day', min(person.first_seen), max(person.last_seen)) >= $own_contact_days),
met AS (
    SELECT cluster_id, 'long_stable_single_persona' AS counter FROM size WHERE people = 1 AND contacts = 1 AND days >= $stable_days
    UNION SELECT cluster_id, counter FROM shared WHERE counter <> 'movement_language'
    UNION SELECT shared.cluster_id, counter FROM shared JOIN size USING (cluster_id) WHERE counter = 'movement_language' AND people = 1
    UNION SELECT cluster_id, 'recycled_number' FROM gap WHERE starts - before > to_days($recycled_gap_days::INTEGER)
    UNION SELECT cluster_id, 'own_website_or_social' FROM own
    UNION SELECT shown.cluster_id, 'declared_duo_or_collective' FROM shown_ad AS shown JOIN ad_version USING (version_id) JOIN size USING (cluster_id)
          WHERE people BETWEEN 2 AND 3 AND regexp_matches(coalesce(title, '') || ' ' || coalesce(body, ''), $duo_words)),
sentence(counter, sv, en) AS (VALUES
    ('long_stable_single_persona', 'En person med samma telefon under lång tid.', 'One person on the same phone for a long time.'),
    ('own_rules_and_boundaries', 'Annonsen anger egna regler och gränser.', 'The ad states own rules and boundaries.'),
    ('stock_photo_or_scam', 'Tecken på att annonsen är falsk.', 'Signs that the ad is fake.'),
    ('movement_language', 'En person som reser på egen hand.', 'One person travelling alone.'),
    ('recycled_number', 'Numret har troligen bytt ägare.', 'The number has probably changed owner.'),
    ('own_website_or_social', 'Egen kontakt som använts länge.', 'An own contact in use for a long time.'),
    ('declared_duo_or_collective', 'Två eller tre personer som öppet arbetar tillsammans.', 'Two or three people openly working together.'))
SELECT cluster_id, counter, sv, en FROM met JOIN sentence USING (counter) ORDER BY ALL;
