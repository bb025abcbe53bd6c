-- under_market_price: ads whose price for half an hour stays below what nine of ten comparable ads ask.
-- reads   half_hour      grain  ad
-- params  $max_pctl: percentile, $min_n: comparable ads, $min_snapshots and $min_days: how long, $window_days: of prices that are compared
-- Shown, never counted: the level of a price is on the list of what never counts. Each ad is one price in the comparison.
WITH recent AS (
    SELECT * FROM half_hour WHERE seen_at >= (SELECT max(seen_at) FROM half_hour) - to_days($window_days::INTEGER)),
asked AS (SELECT county, category, ad_id, median(amount) AS amount FROM recent GROUP BY ALL),
market AS (SELECT county, category, quantile_cont(amount, $max_pctl / 100.0) AS low FROM asked GROUP BY ALL HAVING count(*) >= $min_n)
SELECT recent.cluster_id, 'ad:' || recent.ad_id AS subject, 'context-only' AS strength, max(recent.seen_at) AS last_supported,
       min(recent.amount)::INTEGER AS p, min(market.low)::INTEGER AS m,
       [{'ad_id': recent.ad_id, 'field': 'price', 'shown': min(recent.amount)::INTEGER || ' kr för en halvtimme'}] AS evidence
FROM recent JOIN market USING (county, category)
WHERE recent.amount < market.low AND recent.cluster_id IS NOT NULL
GROUP BY recent.cluster_id, recent.ad_id
HAVING count(DISTINCT recent.seen_at) >= $min_snapshots AND date_diff('day', min(recent.seen_at), max(recent.seen_at)) >= $min_days
