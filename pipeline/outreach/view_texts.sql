-- view_texts: the masked texts of some ads.
-- reads   ad_text      grain  ad      params  $ads: numbers joined by commas
SELECT ad_id, title, body FROM ad_text SEMI JOIN (SELECT try_cast(unnest(string_split($ads, ',')) AS BIGINT) AS ad_id) AS asked USING (ad_id);
