-- view_findings: what is claimed of one cluster, the heaviest first, with the evidence of each claim.
-- reads   finding, finding_evidence      grain  finding      params  $cluster, $sv
SELECT finding.finding_id, finding.indicator, finding.strength, finding.last_supported, CASE WHEN $sv THEN sentence_sv ELSE sentence_en END AS sentence,
       list({'ad_id': evidence.ad_id, 'field': evidence.field, 'shown': evidence.shown} ORDER BY evidence.ad_id, evidence.field, evidence.shown)
           FILTER (evidence.ad_id IS NOT NULL) AS evidence
FROM finding LEFT JOIN finding_evidence AS evidence ON evidence.finding_id = finding.finding_id
WHERE finding.cluster_id = $cluster
GROUP BY ALL
ORDER BY CASE strength WHEN 'strong' THEN 0 WHEN 'moderate' THEN 1 WHEN 'weak' THEN 2 WHEN 'route' THEN 3 ELSE 4 END, finding.indicator, finding.finding_id;
