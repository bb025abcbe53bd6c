-- overdue: the purge debt: texts and versions kept longer than they may be.
-- reads   version_due, ad_version, observed      params  $clock
SELECT count(*) FROM version_due AS due LEFT JOIN observed USING (version_id)
WHERE (due.text_until < $clock AND due.version_id IN (SELECT version_id FROM ad_version))
   OR (due.features_until < $clock AND NOT coalesce(observed.minor, false));
