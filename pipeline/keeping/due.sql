-- due: until when each version of an ad may keep its text, and until when what linking and counter-evidence need of it.
-- reads   ad_version, observed, ad, sighting, place, cluster_member, cluster_priority, finding, finding_evidence,
--         decision(cluster_id, class, since), held(ad_id) of the caller
-- writes  temp version_due(version_id, ad_id, text_until, features_until)      grain  version
-- params  $raw_text_days, $linking_days, $undecided_days, $dismissed_days, $approved_days,
--         $served: municipalities that the team serves, none: all; $elsewhere_text_days
-- An ad elsewhere, in no cluster that touches a municipality served, keeps its text only while new texts are matched with it.
-- Days count from when the version was last seen. A dismissed ad that goes on being published counts from there too.
CREATE OR REPLACE TEMP TABLE version_due AS
WITH version AS (SELECT version_id, ad_id FROM ad_version UNION SELECT version_id, ad_id FROM observed),
seen AS (SELECT version_id, max(seen_at) AS seen FROM sighting GROUP BY version_id),
urgent AS (
    SELECT DISTINCT evidence.ad_id FROM finding_evidence AS evidence JOIN finding USING (finding_id)
    WHERE finding.strength = 'route' OR finding.indicator = 'coercion_debt_help_cue'),
flagged AS (
    SELECT member.ad_id FROM cluster_member AS member JOIN cluster_priority USING (cluster_id) WHERE band IS NOT NULL UNION SELECT ad_id FROM urgent),
placed AS (SELECT ad_id, bool_or(list_contains($served::VARCHAR[], municipality)) AS here FROM place WHERE main GROUP BY ad_id),
touching AS (SELECT DISTINCT cluster_id FROM cluster_member JOIN placed USING (ad_id) WHERE here),
elsewhere AS (
    SELECT placed.ad_id FROM placed LEFT JOIN cluster_member AS member USING (ad_id)
    WHERE len($served::VARCHAR[]) > 0 AND NOT here AND placed.ad_id NOT IN (SELECT ad_id FROM urgent)
      AND (member.cluster_id IS NULL OR member.cluster_id NOT IN (SELECT cluster_id FROM touching))),
stand AS (
    SELECT version.version_id, version.ad_id, coalesce(seen.seen, ad.last_seen, TIMESTAMP '1970-01-01') AS seen, decision.class, decision.since,
           flagged.ad_id IS NOT NULL AS flagged, held.ad_id IS NOT NULL AS held, elsewhere.ad_id IS NOT NULL AS elsewhere
    FROM version
    LEFT JOIN seen USING (version_id) LEFT JOIN ad USING (ad_id)
    LEFT JOIN cluster_member AS member USING (ad_id) LEFT JOIN decision ON decision.cluster_id = member.cluster_id
    LEFT JOIN flagged USING (ad_id) LEFT JOIN held USING (ad_id) LEFT JOIN elsewhere USING (ad_id))
SELECT version_id, ad_id,
       CASE WHEN held THEN TIMESTAMP 'infinity'
            WHEN class = 'approved' THEN greatest(since + to_days($approved_days::INTEGER), seen + to_days($raw_text_days::INTEGER))
            WHEN class = 'dismissed' THEN greatest(since, seen) + to_days($dismissed_days::INTEGER)
            WHEN elsewhere THEN seen + to_days($elsewhere_text_days::INTEGER)
            WHEN flagged THEN seen + to_days($undecided_days::INTEGER)
            ELSE seen + to_days($raw_text_days::INTEGER) END AS text_until,
       CASE WHEN held THEN TIMESTAMP 'infinity'
            WHEN class = 'approved' THEN greatest(since + to_days($approved_days::INTEGER), seen + to_days($linking_days::INTEGER))
            WHEN class = 'dismissed' THEN greatest(since, seen) + to_days($undecided_days::INTEGER)
            ELSE seen + to_days($linking_days::INTEGER) END AS features_until
FROM stand;
