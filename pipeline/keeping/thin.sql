-- thin: dates of sightings older than linking needs, all but each version's last; the fetch log; purges of more than a year ago.
-- reads   sighting, landed_run, site_run, rejected      params  $oldest, $log
DELETE FROM sighting USING (SELECT version_id, max(seen_at) AS last FROM sighting GROUP BY version_id) AS kept
WHERE sighting.version_id = kept.version_id AND sighting.seen_at < kept.last AND sighting.seen_at < $oldest;
DELETE FROM landed_run WHERE coalesce(finished_at, started_at) < $log;
DELETE FROM site_run WHERE coalesce(finished_at, started_at) < $log;
DELETE FROM rejected WHERE seen_at < $log;
DELETE FROM cluster_lineage WHERE try_cast(run AS TIMESTAMP) < $oldest;
DELETE FROM purged WHERE rewritten AND purged_at < $oldest - INTERVAL 165 DAY;
