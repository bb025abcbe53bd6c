-- recruitment_dependency_offer: clusters with an ad of work that offers several things which make somebody depend on the one who pays.
-- reads   ad, cue, shown_ad      grain  cluster      params  $min_items: different offers in one ad
-- Each phrase of a language's list is an offer of its own: the journey, help with a visa, an advance, a share of the takings as pay. Housing is
-- one more, whatever words it is offered in. An offer made in two languages is one: each language is counted by itself. One item alone is
-- ordinary: nearly all job ads for migrants show one.
WITH offered AS (
    SELECT shown.cluster_id, shown.ad_id, shown.last_seen, cue.field, cue.quote, split_part(cue.cue_id, ':', 1) AS language,
           CASE cue.indicator WHEN 'live_in_cue' THEN 'housing' ELSE cue.cue_id END AS item
    FROM cue JOIN shown_ad AS shown USING (version_id) JOIN ad ON ad.ad_id = shown.ad_id
    WHERE cue.indicator IN ('recruitment_dependency_offer', 'live_in_cue') AND NOT cue.negated AND cue.field <> 'comment' AND shown.cluster_id IS NOT NULL
      AND ad.category = 'recruitment'),
package AS (SELECT DISTINCT cluster_id, ad_id FROM offered GROUP BY cluster_id, ad_id, language HAVING count(DISTINCT item) >= $min_items)
SELECT offered.cluster_id, offered.cluster_id AS subject, 'moderate' AS strength, max(offered.last_seen) AS last_supported,
       array_to_string(list_sort(list(DISTINCT offered.quote)), '”, ”') AS items,
       list(DISTINCT {'ad_id': offered.ad_id, 'field': offered.field, 'shown': offered.quote}) AS evidence
FROM offered SEMI JOIN package USING (cluster_id, ad_id)
GROUP BY offered.cluster_id
