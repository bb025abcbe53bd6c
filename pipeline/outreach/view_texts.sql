-- view_texts: the masked texts of some ads.
-- reads   ad_text      grain  ad      params  $ads: numbers joined by commas
SELECT ad_id, title, body FROM ad_text WHERE list_contains(string_split($ads, ',')::BIGINT[], ad_id);
