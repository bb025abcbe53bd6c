-- template_text_cross_persona: one text, once names and prices are masked, for several people on several phones.
-- reads   text_template, shown_ad, person, excluded      grain  (cluster, template)      params  $min_len, $min_personas, $min_phones
-- Each ad counts by its main phone and by `who`: one person who writes the same text on three phones is one person.
SELECT person.cluster_id, template.text_template::VARCHAR AS subject, 'moderate' AS strength, max(person.last_seen) AS last_supported,
       count(DISTINCT person.who) AS n, list(DISTINCT {'ad_id': person.ad_id, 'field': 'body', 'shown': 'samma textmall'}) AS evidence
FROM text_template AS template JOIN shown_ad AS shown USING (version_id) JOIN person ON person.ad_id = shown.ad_id AND person.main AND person.kind = 'phone'
WHERE template.stop = '' AND template.masked_length >= $min_len
  AND template.text_template::VARCHAR NOT IN (SELECT id FROM excluded WHERE kind = 'text_template')
GROUP BY person.cluster_id, template.text_template
HAVING n >= $min_personas AND count(DISTINCT person.contact_id) >= $min_phones
