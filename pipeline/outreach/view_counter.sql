-- view_counter: what speaks against.
-- reads   counter_evidence      grain  (cluster, counter)      params  $cluster, $sv
SELECT counter, CASE WHEN $sv THEN sentence_sv ELSE sentence_en END FROM counter_evidence WHERE cluster_id = $cluster ORDER BY counter;
