-- due_now: what is let go of tonight: whole versions, or their text alone.
-- reads   version_due, ad_version, observed      writes  temp gone_version, gone_text, gone_ad      params  $limit
-- A version that gave an age under 18 keeps its mark while the ad lives: without it the ad would come back to the lists.
CREATE OR REPLACE TEMP TABLE gone_ad AS SELECT ad_id FROM version_due GROUP BY ad_id HAVING max(features_until) < $limit;
CREATE OR REPLACE TEMP TABLE gone_version AS
SELECT due.version_id FROM version_due AS due LEFT JOIN observed USING (version_id)
WHERE due.features_until < $limit AND (NOT coalesce(observed.minor, false) OR due.ad_id IN (SELECT ad_id FROM gone_ad));
CREATE OR REPLACE TEMP TABLE gone_text AS
SELECT version_id FROM version_due WHERE text_until < $limit AND version_id IN (SELECT version_id FROM ad_version);
