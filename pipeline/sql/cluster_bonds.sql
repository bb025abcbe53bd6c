-- cluster_bonds: pairs of ads that an admitted link holds together, each once, and whether that is doubtful.
-- reads   link      grain  (left_ad, right_ad)      params  $bridge_bits: pictures and texts that weigh less are doubtful
-- A person's judgement outweighs everything.
SELECT left_ad, right_ad, max(CASE WHEN kind = 'judgement' THEN 'Infinity'::DOUBLE ELSE weight END) AS weight,
       bool_and(kind IN ('photo', 'template') AND weight < $bridge_bits) AS doubtful
FROM link
WHERE admitted
GROUP BY left_ad, right_ad
ORDER BY left_ad, right_ad;
