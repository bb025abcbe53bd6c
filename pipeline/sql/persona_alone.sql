-- persona_alone: ads without any contact, each a person of its own.
-- reads   ad, contact, observed      params  $confidence      grain  ad
SELECT ad_id
FROM ad
WHERE ad_id NOT IN (SELECT ad_id FROM contact WHERE confidence >= $confidence)
  AND ad_id NOT IN (SELECT ad_id FROM observed WHERE minor)
  AND ad_id IN (SELECT ad_id FROM observed)
ORDER BY ad_id;
