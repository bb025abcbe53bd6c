-- clusters: every cluster with its ads, findings and what speaks against it, as the contract's shape needs them.
-- reads   the review snapshot      grain  cluster      params  $sv: sentences in Swedish, else English; $band: these alone, NULL for all
WITH ads AS (
    SELECT cluster_id, list({'site': site, 'url': url} ORDER BY site, url) AS ads
    FROM cluster_member JOIN ad USING (ad_id) GROUP BY cluster_id),
places AS (
    SELECT cluster_id, list(DISTINCT municipality ORDER BY municipality) AS municipalities
    FROM cluster_member JOIN place USING (ad_id) WHERE main GROUP BY cluster_id),
evidence AS (
    SELECT finding_id, list({'site': site, 'url': url, 'field': field, 'shown': shown} ORDER BY site, url, field, shown) AS evidence
    FROM finding_evidence JOIN ad USING (ad_id) GROUP BY finding_id),
findings AS (
    SELECT cluster_id, list({'indicator': indicator, 'strength': strength, 'sentence': CASE WHEN $sv THEN sentence_sv ELSE sentence_en END,
                             'evidence': coalesce(evidence, [])} ORDER BY indicator, finding_id) AS findings
    FROM finding LEFT JOIN evidence USING (finding_id) WHERE cluster_id IS NOT NULL GROUP BY cluster_id),
against AS (
    SELECT cluster_id, list({'id': counter, 'sentence': CASE WHEN $sv THEN sentence_sv ELSE sentence_en END} ORDER BY counter) AS counters
    FROM counter_evidence GROUP BY cluster_id)
SELECT cluster.cluster_id, band, coverage, first_seen, last_seen, personas, coalesce(municipalities, []), ads.ads, coalesce(findings, []), coalesce(counters, [])
FROM cluster
JOIN ads USING (cluster_id)
LEFT JOIN cluster_priority USING (cluster_id) LEFT JOIN places USING (cluster_id) LEFT JOIN findings USING (cluster_id) LEFT JOIN against USING (cluster_id)
WHERE $band IS NULL OR band = $band
ORDER BY coalesce(band, 'D'), cluster.cluster_id;
