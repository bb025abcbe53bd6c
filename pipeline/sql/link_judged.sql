-- link_judged: the ads that people's judgements name and that are here to be linked.
-- reads   judged_rows(judgement, side, ad_id) of the caller, ad, observed      grain  (judgement, side, ad_id)
-- An ad that may be a child's links nothing, whatever was judged.
SELECT DISTINCT judgement, side, ad_id
FROM judged_rows
WHERE ad_id IN (SELECT ad_id FROM ad) AND ad_id IN (SELECT ad_id FROM observed) AND ad_id NOT IN (SELECT ad_id FROM observed WHERE minor)
ORDER BY judgement, side, ad_id;
