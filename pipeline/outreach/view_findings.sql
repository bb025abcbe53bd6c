-- view_findings: what is claimed of some clusters, the heaviest first, with the evidence of each claim.
-- reads   finding, finding_evidence      grain  finding      params  $clusters: names joined by commas, $sv
WITH mine AS MATERIALIZED (
    SELECT cluster_id, finding_id, indicator, strength, last_supported, CASE WHEN $sv THEN sentence_sv ELSE sentence_en END AS sentence
    FROM finding SEMI JOIN (SELECT unnest(string_split($clusters, ',')) AS cluster_id) AS asked USING (cluster_id)),
proof AS (
    SELECT finding_id, list({'ad_id': ad_id, 'field': field, 'shown': shown} ORDER BY ad_id, field, shown) AS evidence
    FROM finding_evidence SEMI JOIN mine USING (finding_id) GROUP BY finding_id)
SELECT mine.cluster_id, mine.finding_id, indicator, strength, last_supported, sentence, coalesce(evidence, [])
FROM mine LEFT JOIN proof ON proof.finding_id = mine.finding_id
ORDER BY mine.cluster_id, CASE strength WHEN 'strong' THEN 0 WHEN 'moderate' THEN 1 WHEN 'weak' THEN 2 WHEN 'route' THEN 3 ELSE 4 END, indicator, mine.finding_id;
