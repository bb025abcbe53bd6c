-- view_findings: what is claimed of one cluster, the heaviest first, with the evidence of each claim.
-- reads   finding, finding_evidence      grain  finding      params  $cluster, $sv
WITH mine AS (SELECT * FROM finding WHERE cluster_id = $cluster),
proof AS (
    SELECT finding_id, list({'ad_id': ad_id, 'field': field, 'shown': shown} ORDER BY ad_id, field, shown) AS evidence
    FROM finding_evidence WHERE finding_id IN (SELECT finding_id FROM mine) GROUP BY finding_id)
SELECT mine.finding_id, indicator, strength, last_supported, CASE WHEN $sv THEN sentence_sv ELSE sentence_en END AS sentence, coalesce(evidence, [])
FROM mine LEFT JOIN proof ON proof.finding_id = mine.finding_id
ORDER BY CASE strength WHEN 'strong' THEN 0 WHEN 'moderate' THEN 1 WHEN 'weak' THEN 2 WHEN 'route' THEN 3 ELSE 4 END, indicator, mine.finding_id;
