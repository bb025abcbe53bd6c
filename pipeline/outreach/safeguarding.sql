-- safeguarding: ads of possible minors.
-- reads   safeguarding (review snapshot)      params  $sv
SELECT finding_id, site, url, first_seen, last_seen, CASE WHEN $sv THEN sentence_sv ELSE sentence_en END, field, shown
FROM safeguarding
ORDER BY last_seen DESC, finding_id, url;
