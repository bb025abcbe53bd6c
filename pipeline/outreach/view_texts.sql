-- view_texts: the masked texts of some ads.
-- reads   ad_text      grain  ad      params  $ads
SELECT ad_id, title, body FROM ad_text WHERE list_contains($ads, ad_id);
