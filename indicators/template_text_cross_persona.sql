-- template_text_cross_persona: one text, once names and prices are masked, for several people on several phones.
-- reads   text_template, shown_ad, person, photo_group, excluded      grain  (cluster, template)      params  $min_len, $min_personas, $min_phones
-- Each ad counts by its main phone and by `who`: one person who writes the same text on three phones is one person. Strong where a link of
-- another kind than the text ties the phones: a picture that one person alone shows, on two of them. A picture under several names ties
-- nothing, or a flood of copied ads with one set of pictures would be strong.
WITH told AS (
    SELECT person.cluster_id, template.text_template, person.who, person.contact_id, person.ad_id, person.last_seen
    FROM text_template AS template JOIN shown_ad AS shown USING (version_id) JOIN person ON person.ad_id = shown.ad_id AND person.main AND person.kind = 'phone'
    WHERE template.stop = '' AND template.masked_length >= $min_len
      AND template.text_template::VARCHAR NOT IN (SELECT id FROM excluded WHERE kind = 'text_template')),
tied AS (
    SELECT DISTINCT cluster_id, text_template FROM (
        SELECT told.cluster_id, told.text_template
        FROM told JOIN photo_group AS photo USING (ad_id)
        WHERE photo.stop = '' AND photo.photo_group::VARCHAR NOT IN (SELECT id FROM excluded WHERE kind = 'photo_group')
        GROUP BY told.cluster_id, told.text_template, photo.photo_group HAVING count(DISTINCT told.who) = 1 AND count(DISTINCT told.contact_id) >= 2))
SELECT told.cluster_id, told.text_template::VARCHAR AS subject, CASE WHEN bool_or(tied.cluster_id IS NOT NULL) THEN 'strong' ELSE 'moderate' END AS strength,
       max(told.last_seen) AS last_supported, count(DISTINCT told.who) AS n, list(DISTINCT {'ad_id': told.ad_id, 'field': 'body', 'shown': 'samma textmall'}) AS evidence
FROM told LEFT JOIN tied USING (cluster_id, text_template)
GROUP BY told.cluster_id, told.text_template
HAVING n >= $min_personas AND count(DISTINCT told.contact_id) >= $min_phones
