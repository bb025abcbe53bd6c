-- candidates: everything that queue and list need to know of each cluster.
-- reads   the review snapshot      grain  cluster      params  $sv: sentences in Swedish, else English
WITH said AS (
    SELECT cluster_id, indicator, CASE WHEN $sv THEN sentence_sv ELSE sentence_en END AS sentence,
           CASE strength WHEN 'strong' THEN 0 WHEN 'moderate' THEN 1 WHEN 'weak' THEN 2 ELSE 3 END AS rank, finding_id
    FROM finding WHERE cluster_id IS NOT NULL AND strength <> 'context-only'),
-- one sentence an indicator, its best: three lines that say the same leave no room for what else there is
best AS (SELECT cluster_id, indicator, min(rank) AS rank, arg_min(sentence, (rank, finding_id)) AS sentence FROM said GROUP BY cluster_id, indicator),
sentences AS (SELECT cluster_id, list(sentence ORDER BY rank, indicator) AS why FROM best GROUP BY cluster_id),
against AS (
    SELECT cluster_id, list(counter ORDER BY counter) AS counters,
           list(CASE WHEN $sv THEN sentence_sv ELSE sentence_en END ORDER BY counter) AS counter_sentences
    FROM counter_evidence GROUP BY cluster_id),
seen AS (
    SELECT member.cluster_id, ad.ad_id, ad.last_seen, ad.category, place.municipality
    FROM cluster_member AS member JOIN ad ON ad.ad_id = member.ad_id
    LEFT JOIN place ON place.ad_id = ad.ad_id AND place.main),
located AS (
    SELECT cluster_id, coalesce(arg_max(municipality, (last_seen, municipality)), '') AS municipality,
           list(DISTINCT municipality ORDER BY municipality) FILTER (municipality IS NOT NULL) AS municipalities,
           count(DISTINCT category) = 1 AND any_value(category) = 'massage' AS venue,
           max(last_seen) AS last_seen
    FROM seen GROUP BY cluster_id),
reached AS (
    SELECT member.cluster_id, list(DISTINCT contact.contact_id) AS contacts,
           bool_or(contact.kind NOT IN ('account')) AS reachable
    FROM cluster_member AS member JOIN contact ON contact.ad_id = member.ad_id
    GROUP BY member.cluster_id),
spoken AS (
    SELECT member.cluster_id, list(DISTINCT code ORDER BY code) AS languages
    FROM cluster_member AS member JOIN ad_language ON ad_language.ad_id = member.ad_id AND share >= 0.3
    GROUP BY member.cluster_id),
urgent AS (SELECT DISTINCT cluster_id FROM finding WHERE indicator = 'coercion_debt_help_cue' AND cluster_id IS NOT NULL)
SELECT cluster.cluster_id, priority.band, priority.coverage, priority.gate_met, priority.held_by, located.municipality, located.municipalities, located.venue,
       located.last_seen, cluster.first_seen, cluster.ads, cluster.personas, coalesce(sentences.why, []) AS why,
       coalesce(against.counters, []) AS counters, coalesce(against.counter_sentences, []) AS counter_sentences,
       coalesce(reached.contacts, []) AS contacts, coalesce(reached.reachable, false) AS reachable, coalesce(spoken.languages, []) AS languages,
       urgent.cluster_id IS NOT NULL AS urgent
FROM cluster
JOIN located USING (cluster_id)
LEFT JOIN cluster_priority AS priority USING (cluster_id)
LEFT JOIN sentences USING (cluster_id) LEFT JOIN against USING (cluster_id) LEFT JOIN reached USING (cluster_id)
LEFT JOIN spoken USING (cluster_id) LEFT JOIN urgent USING (cluster_id)
ORDER BY cluster.cluster_id;
