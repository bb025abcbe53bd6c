-- score_links: admitted links within one cluster, with a sentence.
-- reads   link, cluster_member, ad      grain  (left_ad, right_ad, kind)      params  $cluster
SELECT a.site, a.url, b.site, b.url, link.kind, link.weight,
       CASE link.kind WHEN 'phone' THEN 'Samma telefonnummer.' WHEN 'photo' THEN 'Samma bild.' WHEN 'template' THEN 'Samma textmall.' WHEN 'email' THEN 'Samma e-postadress.'
            WHEN 'judgement' THEN 'En person har bedömt att de hör ihop.'
            WHEN 'payment_swish' THEN 'Samma betalningsuppgift.' ELSE 'Samma kontaktuppgift.' END
FROM link JOIN cluster_member AS member ON member.ad_id = link.left_ad JOIN cluster_member AS other ON other.ad_id = link.right_ad AND other.cluster_id = member.cluster_id
JOIN ad AS a ON a.ad_id = link.left_ad JOIN ad AS b ON b.ad_id = link.right_ad
WHERE member.cluster_id = $cluster AND link.admitted ORDER BY ALL
