-- due: until when each version of an ad may keep its text, and until when what linking and counter-evidence need of it.
-- reads   ad_version, observed, ad, sighting, cluster_member, cluster_priority, finding, finding_evidence,
--         decision(cluster_id, class, since), held(ad_id) of the caller
-- writes  temp version_due(version_id, ad_id, text_until, features_until)      grain  version
-- params  $raw_text_days, $linking_days, $undecided_days, $dismissed_days, $approved_days
-- Days count from when the version was last seen. A dismissed ad that goes on being published counts from there too.
CREATE OR REPLACE TEMP TABLE version_due AS
WITH version AS (SELECT version_id, ad_id FROM ad_version UNION SELECT version_id, ad_id FROM observed),
seen AS (SELECT version_id, max(seen_at) AS seen FROM sighting GROUP BY version_id),
flagged AS (
    SELECT member.ad_id FROM cluster_member AS member JOIN cluster_priority USING (cluster_id) WHERE band IS NOT NULL
    UNION
    SELECT evidence.ad_id FROM finding_evidence AS evidence JOIN finding USING (finding_id)
    WHERE finding.strength = 'route' OR finding.indicator = 'coercion_debt_help_cue'),
stand AS (
    SELECT version.version_id, version.ad_id, coalesce(seen.seen, ad.last_seen, TIMESTAMP '1970-01-01') AS seen, decision.class, decision.since,
           flagged.ad_id IS NOT NULL AS flagged, held.ad_id IS NOT NULL AS held
    FROM version
    LEFT JOIN seen USING (version_id) LEFT JOIN ad USING (ad_id)
    LEFT JOIN cluster_member AS member USING (ad_id) LEFT JOIN decision ON decision.cluster_id = member.cluster_id
    LEFT JOIN flagged USING (ad_id) LEFT JOIN held USING (ad_id))
SELECT version_id, ad_id,
       CASE WHEN held THEN TIMESTAMP 'infinity'
            WHEN class = 'approved' THEN greatest(since + to_days($approved_days::INTEGER), seen + to_days($raw_text_days::INTEGER))
            WHEN class = 'dismissed' THEN greatest(since, seen) + to_days($dismissed_days::INTEGER)
            WHEN flagged THEN seen + to_days($undecided_days::INTEGER)
            ELSE seen + to_days($raw_text_days::INTEGER) END AS text_until,
       CASE WHEN held THEN TIMESTAMP 'infinity'
            WHEN class = 'approved' THEN greatest(since + to_days($approved_days::INTEGER), seen + to_days($linking_days::INTEGER))
            WHEN class = 'dismissed' THEN greatest(since, seen) + to_days($undecided_days::INTEGER)
            ELSE seen + to_days($linking_days::INTEGER) END AS features_until
FROM stand;
