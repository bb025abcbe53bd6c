-- template_text_cross_persona: one text, once names and prices are masked, for several people on several phones.
-- reads   person, shown_ad, text_template      grain  (cluster, template)      params  $min_len, $min_personas, $min_phones
SELECT person.cluster_id, text.text_template::VARCHAR AS subject, 'moderate' AS strength, max(person.last_seen) AS last_supported,
       count(DISTINCT person.contact_id || person.persona) AS n,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'body', 'shown': 'same template'}) AS evidence
FROM text_template AS text JOIN shown_ad AS shown USING (version_id) JOIN person ON person.ad_id = shown.ad_id AND person.kind = 'phone'
WHERE text.stop = '' AND text.masked_length >= $min_len
  AND text.text_template::VARCHAR NOT IN (SELECT id FROM excluded WHERE kind = 'text_template')
GROUP BY person.cluster_id, text.text_template
HAVING n >= $min_personas AND count(DISTINCT person.contact_id) >= $min_phones
