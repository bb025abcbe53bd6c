"""Names on the map can be read: none covers another, and none leaves the sheet where there is room."""

from __future__ import annotations

import itertools
from datetime import datetime

from pipeline.outreach.cluster_view import ShownAd
from review.drawing.map import LINE, drawn_map


def seen_in(number: int, municipality: str) -> ShownAd:
    day = datetime(2026, 11, 1 + number)
    return ShownAd(
        number=number, ad_id=number, site="exempel", url="", category="escort", first_seen=day, last_seen=day, municipality=municipality, age=None,
        contacts=(), pictures=(), person=1, template=None,
    )  # fmt: skip


def test_towns_beside_each_other_keep_their_names_apart() -> None:
    towns = ("1480", "1490", "1481", "1402", "1380", "1283", "1280", "1281")
    drawn = drawn_map([seen_in(number, code) for number, code in enumerate(towns, start=1)])
    spans = {dot.code: (dot.name_x - 40 * dot.ends, dot.name_x + 40 * (not dot.ends), dot.name_y) for dot in drawn.dots}
    over = [
        (one, other)
        for (one, first), (other, second) in itertools.combinations(spans.items(), 2)
        if first[0] < second[1] and second[0] < first[1] and abs(first[2] - second[2]) < LINE
    ]
    assert (over, [dot.code for dot in drawn.dots if dot.latest]) == ([], ["1281"])
