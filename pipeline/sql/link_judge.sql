-- link_judge: every pair of ads and kind of sign, whether it links, and the rule that says so; what a person judged beats every rule.
-- reads   link_pair, link_weight, link_judgement, link_judged_ad      writes  link_now, of this night alone      grain  (left_ad, right_ad, kind)
-- params  $strong: kinds of contact that link alone; $admit_bits: bits from which weak signs link together
-- A shared contact links alone. Two shared pictures link unless all else that can be compared speaks against it, as with stolen ones. One
-- picture and a template are weak: each links only with a sign of another kind that is not itself a matter of course, and only when all
-- bits together reach $admit_bits.
CREATE OR REPLACE TEMP TABLE link_now AS
WITH signs AS (
    SELECT left_ad, right_ad, kind, shared, bits, list_contains($strong, kind) AS contact, bits >= $admit_bits AS enough, photos >= 2 AS pictures,
           ((photos >= 1 OR weak) AND (same_template OR same_name OR same_account)) OR (same_template AND same_account) AS another
    FROM link_pair JOIN link_weight USING (left_ad, right_ad)),
ruled AS (
    SELECT left_ad, right_ad, kind, bits, shared, contact OR (enough AND (pictures OR another)) AS admitted,
           CASE WHEN contact THEN 'a shared contact links alone'
                WHEN pictures AND enough THEN 'two shared pictures link'
                WHEN pictures THEN 'two shared pictures that all else speaks against'
                WHEN NOT another THEN 'one weak sign never links alone'
                WHEN enough THEN 'weak signs that together suffice'
                ELSE 'weak signs that do not suffice' END AS rule
    FROM signs),
parted AS (
    SELECT ruled.left_ad, ruled.right_ad, min(one.judgement) AS judgement
    FROM ruled JOIN link_judged_ad AS one ON one.ad_id = ruled.left_ad
    JOIN link_judged_ad AS other ON other.ad_id = ruled.right_ad AND other.judgement = one.judgement AND other.side <> one.side
    JOIN link_judgement AS judged ON judged.judgement = one.judgement AND judged.verdict = 'not_same' AND judged.state <> 'gone'
    GROUP BY ruled.left_ad, ruled.right_ad),
united AS (
    SELECT judgement, ad_id, lag(ad_id) OVER (PARTITION BY judgement ORDER BY ad_id) AS before
    FROM link_judged_ad SEMI JOIN (SELECT judgement FROM link_judgement WHERE verdict = 'same' AND state = 'held') USING (judgement))
SELECT ruled.left_ad, ruled.right_ad, kind, bits AS weight, shared, admitted AND parted.judgement IS NULL AS admitted,
       CASE WHEN parted.judgement IS NULL THEN rule ELSE 'a person judged: not the same (' || parted.judgement || ')' END AS rule
FROM ruled LEFT JOIN parted USING (left_ad, right_ad)
UNION ALL
SELECT before, ad_id, 'judgement', 0.0, min(judgement)::VARCHAR, true, 'a person judged: the same (' || min(judgement) || ')'
FROM united WHERE before IS NOT NULL
GROUP BY before, ad_id;
