-- safeguarding: ads of possible minors.
-- reads   safeguarding (review snapshot)
SELECT finding_id, site, url, first_seen, last_seen, sentence_sv, field, shown
FROM safeguarding
ORDER BY last_seen DESC, finding_id, url;
