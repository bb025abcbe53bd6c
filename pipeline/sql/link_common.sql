-- link_common: how common a template, a name and a place are, as the share of advertisers who use them, in steps of half a bit.
-- reads   link_ads(advertiser, template, name, place)      grain  (what, value)
-- params  $doubt: advertisers of the training that count besides; $template, $name, $place: share that two strangers had in common there
-- One of the advertisers is the one that is asked about, and does not count. Steps, so that one more ad does not rewrite the weight of every link.
WITH used AS (
    SELECT 'template' AS what, template::VARCHAR AS value, advertiser, $template::DOUBLE AS usual FROM link_ads WHERE template IS NOT NULL
    UNION ALL SELECT 'name', name, advertiser, $name::DOUBLE FROM link_ads WHERE name IS NOT NULL
    UNION ALL SELECT 'place', place, advertiser, $place::DOUBLE FROM link_ads WHERE place IS NOT NULL),
whole AS (SELECT what, count(DISTINCT advertiser) AS advertisers FROM used GROUP BY what),
held AS (SELECT what, value, any_value(usual) AS usual, count(DISTINCT advertiser) AS advertisers FROM used GROUP BY what, value)
SELECT held.what, held.value, pow(2, round(2 * log2((held.advertisers - 1 + $doubt * held.usual) / (whole.advertisers + $doubt))) / 2) AS share
FROM held JOIN whole USING (what)
ORDER BY ALL;
