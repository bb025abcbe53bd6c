-- match_neighbours: pairs of pictures that have not been asked by all their hashes, and are not the same without that.
-- reads   neighbour_fresh, neighbour_now (temporary), photo_match      grain  (one, other), one < other
-- params  $near: how many places apart in what they share; more would be quadratic in common names
SELECT DISTINCT least(fresh.photo_id, other.photo_id) AS one, greatest(fresh.photo_id, other.photo_id) AS other
FROM neighbour_fresh AS fresh JOIN neighbour_now AS other
  ON other.neighbourhood = fresh.neighbourhood AND other.place BETWEEN fresh.place - $near AND fresh.place + $near AND other.ad_id <> fresh.ad_id
ANTI JOIN (SELECT * FROM photo_match WHERE NOT needs_second_sign AND coalesce(second, '') = '') AS same
  ON same.left_photo = least(fresh.photo_id, other.photo_id) AND same.right_photo = greatest(fresh.photo_id, other.photo_id)
ORDER BY ALL;
