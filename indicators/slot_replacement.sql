-- slot_replacement: ads of which name, age and all pictures change while text and phone stay.
-- reads   presented      grain  ad      params  $min_changes
-- Each version is held against the one before. What is unknown is not changed: without pictures or age on both sides nothing is said.
WITH before AS (
    SELECT *, lag(name) OVER earlier AS was_name, lag(age) OVER earlier AS was_age, lag(pictures) OVER earlier AS was_pictures,
           lag(phones) OVER earlier AS was_phones, lag(template) OVER earlier AS was_template
    FROM presented WHERE cluster_id IS NOT NULL WINDOW earlier AS (PARTITION BY ad_id ORDER BY seen_at)),
replaced AS (
    SELECT * FROM before
    WHERE name <> was_name AND age <> was_age AND template = was_template AND list_has_any(phones, was_phones)
      AND len(pictures) > 0 AND len(was_pictures) > 0 AND NOT list_has_any(pictures, was_pictures))
SELECT cluster_id, 'ad:' || ad_id AS subject, 'moderate' AS strength, max(seen_at) AS last_supported, count(*) AS n,
       list({'ad_id': ad_id, 'field': 'name', 'shown': 'ny person ' || strftime(seen_at, '%Y-%m-%d')} ORDER BY seen_at) AS evidence
FROM replaced GROUP BY cluster_id, ad_id HAVING n >= $min_changes
