-- view_counter: what speaks against.
-- reads   counter_evidence      grain  (cluster, counter)      params  $clusters: names joined by commas, $sv
SELECT cluster_id, counter, CASE WHEN $sv THEN sentence_sv ELSE sentence_en END
FROM counter_evidence SEMI JOIN (SELECT unnest(string_split($clusters, ',')) AS cluster_id) AS asked USING (cluster_id) ORDER BY cluster_id, counter;
