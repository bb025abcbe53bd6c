-- bias_units: every advertiser as linked, with what the fairness report asks by; an ad on its own is an advertiser of one.
-- reads   ad, cluster_member, cluster_priority, ad_language, place, price, observed, finding, finding_evidence      grain  unit
-- Language, municipality and price are those of most of its ads; '' when no ad says. Ads that may be of children are in none of it.
WITH child AS (
    SELECT ad_id FROM observed WHERE minor
    UNION SELECT ad_id FROM finding_evidence JOIN finding USING (finding_id) WHERE finding.strength = 'route' AND starts_with(finding.indicator, 'minor')),
unit AS (
    SELECT ad.ad_id, ad.current_version AS version_id, coalesce(member.cluster_id, 'alone ' || ad.ad_id) AS unit, priority.band
    FROM ad LEFT JOIN cluster_member AS member USING (ad_id) LEFT JOIN cluster_priority AS priority ON priority.cluster_id = member.cluster_id
    ANTI JOIN child USING (ad_id)),
spoken AS (
    SELECT version_id, code AS language FROM ad_language SEMI JOIN unit USING (version_id)
    QUALIFY row_number() OVER (PARTITION BY version_id ORDER BY share DESC, code) = 1),
placed AS (SELECT version_id, min(municipality) AS municipality FROM place WHERE main GROUP BY version_id),
priced AS (SELECT version_id, min(amount * 60.0 / minutes) AS hour FROM price WHERE currency = 'SEK' AND minutes BETWEEN 30 AND 120 GROUP BY version_id)
SELECT unit.unit, max(unit.band) AS band, coalesce(mode(spoken.language), '') AS language, coalesce(mode(placed.municipality), '') AS municipality,
       median(priced.hour) AS hour
FROM unit LEFT JOIN spoken USING (version_id) LEFT JOIN placed USING (version_id) LEFT JOIN priced USING (version_id)
GROUP BY unit.unit ORDER BY unit.unit
