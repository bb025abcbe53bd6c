-- publish_texts: the current text of the ads that reviewers read, with the spans of every contact read in it.
-- reads   out.ad, ad, ad_version, contact      grain  ad
SELECT ad.ad_id, coalesce(version.title, '') AS title, coalesce(version.body, '') AS body, spans.spans
FROM out.ad AS shown
JOIN ad ON ad.ad_id = shown.ad_id
JOIN ad_version AS version ON version.version_id = ad.current_version
LEFT JOIN (SELECT version_id, list({'start_at': start_at, 'end_at': end_at}) AS spans
           FROM contact WHERE field = 'text' GROUP BY version_id) AS spans ON spans.version_id = version.version_id
ORDER BY ad.ad_id;
