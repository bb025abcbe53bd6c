-- parlour_sexad_crosslink: contacts and addresses of a massage ad that also stand in ads of sexual services.
-- reads   contact, ad, venue_seen, shown_ad, excluded      grain  cluster
-- params  $min_ads, $min_dates: days on which they were first seen, $min_confidence: of a contact's reading, 0 to 1
-- Accounts of a site and receivers of money are no contact of the house.
WITH carried AS (
    SELECT shown.cluster_id, shown.ad_id, ad.category, contact.contact_id AS key, contact.kind AS field, 'samma kontakt som salongen' AS shown
    FROM contact JOIN shown_ad AS shown USING (ad_id) JOIN ad USING (ad_id)
    WHERE contact.kind <> 'account' AND NOT starts_with(contact.kind, 'payment') AND contact.confidence >= $min_confidence
      AND contact.contact_id NOT IN (SELECT id FROM excluded WHERE kind = 'contact') AND shown.cluster_id IS NOT NULL
    UNION
    SELECT shown.cluster_id, venue_seen.ad_id, venue_seen.category, venue_seen.municipality || ':' || venue_seen.venue, 'place', 'samma adress som salongen'
    FROM venue_seen JOIN shown_ad AS shown USING (ad_id) WHERE venue_seen.municipality <> ''),
house AS (SELECT DISTINCT cluster_id, key FROM carried WHERE category = 'massage'),
crossed AS (
    SELECT carried.cluster_id, carried.key, carried.ad_id, carried.field, carried.shown, shown_ad.first_seen, shown_ad.last_seen
    FROM carried SEMI JOIN house USING (cluster_id, key) JOIN shown_ad USING (ad_id) WHERE carried.category = 'escort'),
found AS (
    SELECT cluster_id, key, count(DISTINCT ad_id) AS ads, max(last_seen) AS last_seen, list(DISTINCT {'ad_id': ad_id, 'field': field, 'shown': shown}) AS shown
    FROM crossed GROUP BY cluster_id, key HAVING ads >= $min_ads AND count(DISTINCT first_seen::DATE) >= $min_dates)
SELECT cluster_id, cluster_id AS subject, 'moderate' AS strength, max(last_seen) AS last_supported, max(ads) AS n,
       list_distinct(flatten(list(shown))) AS evidence
FROM found GROUP BY cluster_id
