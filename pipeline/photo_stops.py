"""Whether pictures are among those that never link in an installation, and why: the stop part of `lykta photos compare --home`."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from crawler.records.hash_kinds import FIRST
from pipeline.linking_settings import PhotoMatching
from pipeline.match.photo_parts import stacked
from pipeline.match.photos import nearest
from pipeline.photo_compare import Hashes
from pipeline.store import sql

# Each hash once for each reason: a stolen picture of a thousand ads is asked as one.
STOPPED = """
SELECT hash.kind, hash.bits, photo_group.stop
FROM picture_hash AS hash JOIN photo_group USING (photo_id)
WHERE photo_group.stop <> '' AND hash.quality >= $quality AND list_contains($kinds, hash.kind)
GROUP BY ALL ORDER BY ALL
"""


def stops(con: duckdb.DuckDBPyConnection, hashes: Hashes, settings: PhotoMatching) -> list[dict[str, str]]:
    """Return each file whose picture never links, with the nearest such picture's reason; nothing of pictures that are in ads and do link.

    Args:
        hashes: file name to hashes (kind, 32 bytes, quality 0-100).
    """
    con.execute(sql("match_hashes"))
    names = sorted(hashes)
    asked = {number: [(kind, bits) for kind, bits, quality in hashes[name] if quality >= settings.quality_min] for number, name in enumerate(names)}
    known: dict[int, list[tuple[str, bytes]]] = defaultdict(list)
    reasons: dict[int, str] = {}
    for number, (kind, bits, reason) in enumerate(con.execute(STOPPED, {"quality": settings.quality_min, "kinds": list(FIRST)}).fetchall(), start=len(names)):
        known[number].append((kind, bits))
        reasons[number] = reason
    if not known:
        return []
    found = nearest(stacked(asked, FIRST), stacked(known, FIRST), most=settings.certain_max)
    met = sorted(zip(found.left.tolist(), found.distance.tolist(), found.right.tolist(), strict=True), reverse=True)
    return [{"file": names[file], "why": reasons[stop]} for file, (_, stop) in sorted({file: (distance, stop) for file, distance, stop in met}.items())]
