-- minor_age_history: ads whose name and contact stood in an earlier ad with an age that is still under 18 today.
-- reads   stated_age, sighting, observed, contact, shown_ad, excluded      grain  ad
-- params  $min_confidence: of a contact's reading, 0 to 1
-- Never tied to a cluster, never counted. The name as well as the contact: others on a phone are not the person.
WITH seen AS (SELECT version_id, max(seen_at) AS seen_at FROM sighting GROUP BY version_id),
known AS (
    SELECT DISTINCT contact.contact_id, observed.persona_name, contact.version_id, contact.ad_id
    FROM contact JOIN observed USING (version_id)
    WHERE observed.persona_name <> '' AND contact.confidence >= $min_confidence
      AND contact.contact_id NOT IN (SELECT id FROM excluded WHERE kind = 'contact')),
young AS (
    SELECT known.contact_id, known.persona_name, stated_age.age, seen.seen_at
    FROM stated_age JOIN known USING (version_id) JOIN seen USING (version_id) WHERE stated_age.minor)
SELECT NULL::VARCHAR AS cluster_id, 'ad:' || shown.ad_id AS subject, 'route' AS strength, shown.last_seen AS last_supported,
       list(DISTINCT {'ad_id': shown.ad_id, 'field': 'age', 'shown': 'under 18 i annons ' || strftime(young.seen_at, '%Y-%m-%d')}) AS evidence
FROM shown_ad AS shown JOIN known ON known.version_id = shown.version_id
JOIN young ON young.contact_id = known.contact_id AND young.persona_name = known.persona_name
WHERE young.age + greatest(0, date_diff('day', young.seen_at, shown.last_seen)) / 365.25 < 18
GROUP BY shown.ad_id, shown.last_seen
