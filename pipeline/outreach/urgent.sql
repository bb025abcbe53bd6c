-- urgent: findings that a person reads the same day, one row an evidence.
-- reads   finding, finding_evidence, ad      params  $sv
SELECT finding.finding_id, finding.cluster_id, ad.site, ad.url, ad.last_seen, CASE WHEN $sv THEN sentence_sv ELSE sentence_en END, evidence.field, evidence.shown
FROM finding JOIN finding_evidence AS evidence USING (finding_id) JOIN ad ON ad.ad_id = evidence.ad_id
WHERE finding.indicator IN ('coercion_debt_help_cue', 'restricted_movement_language')
ORDER BY ad.last_seen DESC, finding.finding_id, ad.url;
