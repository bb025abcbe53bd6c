"""The match stage's pictures: tonight's against all that is known, then by all their hashes against those of ads that share something."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from crawler.records.hash_kinds import FIRST, KINDS
from pipeline.linking_settings import PhotoMatching
from pipeline.match.groups import Groups
from pipeline.match.photo_agreement import Bounds, agreement, bounds, stands_alone, undecided
from pipeline.match.photo_parts import compare_pairs
from pipeline.match.photo_table import ABSENT, PLACE, Parts
from pipeline.match.photos import FORMS, Found, Hashed, as_array, best, in_order, nearest_anew
from pipeline.match.turned_search import Numbers, Words
from pipeline.store import sql

PAIRS = 20_000  # pairs whose hashes are held at a time, some 50 MB
COMPARABLE = "SELECT photo_id FROM photo_hash WHERE (pdq IS NOT NULL AND quality >= $quality) OR len(parts) > 0 ORDER BY photo_id"
# What a second sign confirmed says so; what stands alone has none and needs none.
STRONG = "SELECT left_photo, right_photo FROM photo_match WHERE NOT needs_second_sign AND coalesce(second, '') = ''"
ASKED = """
INSERT INTO photo_asked SELECT photo_id, neighbourhood FROM neighbour_fresh;
DELETE FROM photo_asked WHERE (photo_id, neighbourhood) NOT IN (SELECT photo_id, neighbourhood FROM neighbour_now);
"""
# A pair that was near already keeps what says more: that it stands alone, then the smaller distance.
KEEP = """
INSERT INTO photo_match SELECT left_photo, right_photo, distance, how, weak, hashes, '' FROM found_pairs
ON CONFLICT DO UPDATE SET distance = excluded.distance, how = excluded.how, hashes = excluded.hashes, needs_second_sign = excluded.needs_second_sign,
    second = ''
WHERE CASE WHEN excluded.needs_second_sign = (photo_match.needs_second_sign OR coalesce(photo_match.second, '') <> '')
    THEN excluded.distance < photo_match.distance ELSE NOT excluded.needs_second_sign END
"""


def match_photos(con: duckdb.DuckDBPyConnection, settings: PhotoMatching) -> int:
    """Ask tonight's pictures, whole and without their borders, against all that is known, in all orientations. Returns how many were asked."""
    con.execute(sql("match_hashes"))
    rows = con.execute(sql("match_photos"), {"quality": settings.quality_min, "kinds": list(FIRST)}).to_arrow_table()
    fresh = rows["fresh"].to_numpy().astype(bool)
    if not fresh.any():
        return 0
    hashed = Hashed(
        bits=as_array(rows["bits"].to_pylist()),
        owners=rows["photo_id"].to_numpy().astype(np.int64),
        kinds=np.array([PLACE[kind] for kind in rows["kind"].to_pylist()], dtype=np.int64),
    )
    asked, earlier, twins = distinct(hashed, fresh, rows["alike"].to_numpy())
    found, within = best([twins, nearest_anew(asked, earlier, most=settings.second_sign_max)]), bounds(settings, shared=False)
    _keep(con, found, _alone(found, within, lambda photos: _parts(con, photos, settings)))
    return len(set(hashed.owners[fresh].tolist()))


def _alone(found: Found, within: Bounds, parts_of: Callable[[set[int]], Parts]) -> NDArray[np.bool_]:
    """Say which pairs stand alone; only where it matters are their other hashes asked for and compared."""
    agreed = np.full(len(found.left), float(ABSENT))
    rows = undecided(found, within)
    for start in range(0, len(rows), PAIRS):
        chunk = found.only(rows[start : start + PAIRS])
        agreed[rows[start : start + PAIRS]] = agreement(parts_of({*chunk.left.tolist(), *chunk.right.tolist()}), chunk)
    return stands_alone(found, agreed, within)


def _parts(con: duckdb.DuckDBPyConnection, photos: set[int], settings: PhotoMatching) -> Parts:
    """Read all hashes of some pictures that are good enough to compare."""
    parts: dict[int, list[tuple[str, bytes]]] = {photo: [] for photo in photos}
    for photo, kind, bits in con.execute(sql("match_parts"), {"photos": sorted(photos), "quality": settings.quality_min}).fetchall():
        parts[photo].append((kind, bits))
    return parts


def distinct(hashed: Hashed, fresh: Numbers, alike: Words) -> tuple[Hashed, Hashed, Found]:
    """Let one picture stand for all that have the very same hashes, parts included: an earlier night's, else the one with the smallest id.

    Args:
        alike: for each hash a number that is the same for pictures with the very same hashes; what agrees with one agrees with all of them.

    Returns:
        the hashes that nobody had before tonight, those of earlier nights, each once, and tonight's pictures paired with those that stand for them.
    """
    words = np.column_stack((hashed.bits.view(np.uint64), alike))
    order = np.lexsort((hashed.owners, fresh, *words.T))
    changed = np.ones(len(order), dtype=bool)
    changed[1:] = (words[order][1:] != words[order][:-1]).any(axis=1)
    first = order[changed]
    stands = first[np.cumsum(changed) - 1]
    paired = fresh[order] & (hashed.owners[order] != hashed.owners[stands])
    one, other = stands[paired], order[paired]
    nought = np.zeros(len(one), dtype=np.int64)
    twins = in_order(hashed.owners[one], hashed.owners[other], nought, nought, hashed.kinds[one], hashed.kinds[other])
    return _part(hashed, first[fresh[first]]), _part(hashed, first[~fresh[first]]), twins


def _part(hashed: Hashed, places: Numbers) -> Hashed:
    return Hashed(bits=hashed.bits[places], owners=hashed.owners[places], kinds=hashed.kinds[places])


def ask_neighbours(con: duckdb.DuckDBPyConnection, settings: PhotoMatching) -> int:
    """Compare pictures by all their hashes where their ads share a contact, an account, a template or a name, each pair once. Returns how many."""
    con.execute(sql("match_hashes"))
    con.execute(sql("match_neighbours_now"))
    pairs = con.execute(sql("match_neighbours"), {"near": settings.neighbours_max}).fetchall()
    for start in range(0, len(pairs), PAIRS):
        _compare_near(con, pairs[start : start + PAIRS], settings)
    con.execute(ASKED)
    return len(pairs)


def _compare_near(con: duckdb.DuckDBPyConnection, pairs: list[tuple[int, int]], settings: PhotoMatching) -> None:
    parts = _parts(con, {photo for pair in pairs for photo in pair}, settings)
    found = compare_pairs(parts, pairs, most=settings.second_sign_max)
    _keep(con, found, _alone(found, bounds(settings, shared=True), lambda _: parts))


def _keep(con: duckdb.DuckDBPyConnection, found: Found, alone: NDArray[np.bool_]) -> None:
    if len(found.left) == 0:
        return
    kinds = zip(found.left_kind.tolist(), found.right_kind.tolist(), strict=True)
    table = pa.table(
        {
            "left_photo": found.left,
            "right_photo": found.right,
            "distance": found.distance.astype(np.int32),
            "how": [FORMS[form] for form in found.form.tolist()],
            "weak": ~alone,
            "hashes": [f"{KINDS[left]} / {KINDS[right]}" for left, right in kinds],
        }
    )
    con.register("found_pairs", table)
    con.execute(KEEP)
    con.unregister("found_pairs")


def group_photos(con: duckdb.DuckDBPyConnection, settings: PhotoMatching) -> tuple[list[int], Groups]:
    """Return the pictures that can be compared, and their groups from what stands alone and what a second sign confirms."""
    photos = [row[0] for row in con.execute(COMPARABLE, {"quality": settings.quality_min}).fetchall()]
    strong = Groups.over(con.execute(STRONG).fetchall())
    con.register("grouped", pa.table({"photo_id": pa.array(photos, pa.int64()), "name": pa.array([strong.of(photo) for photo in photos], pa.int64())}))
    con.execute("CREATE OR REPLACE TEMP TABLE strong_group AS SELECT * FROM grouped")
    con.unregister("grouped")
    params = {"most": settings.neighbours_max}
    for statement in con.extract_statements(sql("match_second_signs")):
        con.execute(statement, {name: params[name] for name in statement.named_parameters})
    return photos, Groups.over(con.execute("SELECT left_photo, right_photo FROM photo_match WHERE NOT needs_second_sign").fetchall())
