-- due_import: in a research installation everything stays for the same time, counted from the import.
-- reads   ad_version, observed, ad_landed, held(ad_id) of the caller      writes  temp version_due      grain  version      params  $import_days
CREATE OR REPLACE TEMP TABLE version_due AS
SELECT version.version_id, version.ad_id,
       CASE WHEN held.ad_id IS NOT NULL OR landed_at IS NULL THEN TIMESTAMP 'infinity' ELSE landed_at + to_days($import_days::INTEGER) END AS text_until,
       text_until AS features_until
FROM (SELECT version_id, ad_id FROM ad_version UNION SELECT version_id, ad_id FROM observed) AS version
LEFT JOIN ad_landed USING (ad_id) LEFT JOIN held USING (ad_id);
