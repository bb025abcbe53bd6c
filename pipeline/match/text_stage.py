"""A night's new texts against everything known, and templates told from all that was ever found alike."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.linking_settings import TextMatching
from pipeline.match.groups import Groups
from pipeline.match.likeness import likenesses
from pipeline.match.neighbours import Pairs, among, neighbours, packed
from pipeline.match.sketches import BANDS, Sketches, sketches
from pipeline.match.texts import mask, similar_from
from pipeline.store import sql

FETCH = 20_000  # texts read at a time
COMPARABLE = "SELECT count(*) FROM text_sketch WHERE len(bands) > 0"
KNOWN = "SELECT masked FROM text_sketch WHERE version_id IN (SELECT version_id FROM involved) ORDER BY version_id"
ALIKE = "SELECT left_version, right_version FROM text_match WHERE similarity >= $least"
OLD_SKETCHES = "DELETE FROM text_sketch WHERE len(bands) NOT IN (0, $bands)"  # of another make: they meet none of these, so those texts are new again

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Texts that can be compared, in order: their version ids, and the pairs of places that stand side by side in a bucket."""

    ids: Ids
    pairs: Pairs


def match_texts(con: duckdb.DuckDBPyConnection, settings: TextMatching) -> tuple[int, Groups]:
    """Sketch new texts, compare them with their neighbours among all, and group.

    Only pairs with a new text are compared, letter by letter; the order of all sketches is made anew each night (about ten seconds a million).
    Likeness is kept as it was measured, and how much of it is enough is asked when texts are grouped: so the groups are the same whether
    texts came in one night or in many, and in whatever order. A text that was let go keeps the likenesses it had.

    Returns:
        How many texts were new, and groups over version ids.
    """
    con.execute(OLD_SKETCHES, {"bands": BANDS})
    fresh = _sketch_new(con, settings)
    known = _known(con)
    if len(fresh):
        _compare(con, known, fresh, at_least=settings.similar_at_10k)
    return len(fresh), _groups(con, known, at_least=similar_from(len(known.ids), settings))


def _sketch_new(con: duckdb.DuckDBPyConnection, settings: TextMatching) -> Ids:
    words = frozenset(settings.demographic_words)
    fresh: list[int] = []
    while rows := con.execute(sql("match_new_texts"), {"limit": FETCH}).fetchall():
        masked = [mask(f"{title or ''} {body or ''}", words) for _, _, title, body in rows]
        bands = [row if len(text) >= settings.length_min else [] for row, text in zip(sketches(masked).tolist(), masked, strict=True)]
        table = {
            "version_id": pa.array([row[0] for row in rows], pa.int64()),
            "ad_id": pa.array([row[1] for row in rows], pa.int64()),
            "masked": pa.array(masked, pa.string()),
            "bands": pa.array(bands, pa.list_(pa.uint64())),
        }
        con.register("fresh_texts", pa.table(table))
        con.execute("INSERT INTO text_sketch SELECT * FROM fresh_texts")
        con.unregister("fresh_texts")
        fresh += [row[0] for row in rows]
    return np.array(sorted(fresh), dtype=np.int64)


def _known(con: duckdb.DuckDBPyConnection) -> Compared:
    """Read the sketches of all texts into one array, a piece at a time (a million are 340 MB), and let it go for the pairs."""
    count = con.execute(COMPARABLE).fetchall()[0][0]
    ids: Ids = np.empty(count, dtype=np.int64)
    numbers: Sketches = np.empty((count, BANDS), dtype=np.uint64)
    end = 0
    for batch in con.execute(sql("match_sketched")).to_arrow_reader(FETCH):
        start, end = end, end + batch.num_rows
        ids[start:end] = batch["version_id"].to_numpy()
        numbers[start:end] = batch["bands"].flatten().to_numpy().reshape(-1, BANDS)
    return Compared(ids=ids, pairs=neighbours(numbers.T))


def _compare(con: duckdb.DuckDBPyConnection, known: Compared, fresh: Ids, *, at_least: float) -> None:
    new = among(known.ids, fresh)
    pairs = known.pairs if new.all() else known.pairs[new[known.pairs[:, 0]] | new[known.pairs[:, 1]]]
    scores = likenesses(_texts(con, known.ids, pairs), pairs, at_least=at_least)
    alike = scores > 0
    left, right = known.ids[pairs[alike, 0]], known.ids[pairs[alike, 1]]
    con.register("found_pairs", pa.table({"left_version": left, "right_version": right, "similarity": scores[alike]}))
    con.execute("INSERT INTO text_match SELECT * FROM found_pairs ON CONFLICT DO NOTHING")
    con.unregister("found_pairs")


def _texts(con: duckdb.DuckDBPyConnection, ids: Ids, pairs: Pairs) -> list[str]:
    """Return the masked texts in the order of ids; those that no pair names stay empty and unread."""
    named = np.zeros(len(ids), dtype=bool)
    named[pairs[:, 0]] = named[pairs[:, 1]] = True
    con.register("involved", pa.table({"version_id": ids[named]}))
    read = (text for batch in con.execute(KNOWN).to_arrow_reader(FETCH) for text in batch["masked"].to_pylist())
    texts = [next(read) if one else "" for one in named.tolist()]
    con.unregister("involved")
    return texts


def _groups(con: duckdb.DuckDBPyConnection, known: Compared, *, at_least: float) -> Groups:
    """Join the texts that are alike enough and side by side among all that are known by now, or of which one has been let go."""
    table = con.execute(ALIKE, {"least": at_least}).to_arrow_table()
    versions = np.column_stack([table[name].to_numpy() for name in ("left_version", "right_version")])
    if not len(known.ids):
        return Groups.over_many(versions)
    places = np.minimum(np.searchsorted(known.ids, versions), len(known.ids) - 1)
    both_known = (known.ids[places] == versions).all(axis=1)
    side_by_side = among(packed(places), packed(known.pairs))
    return Groups.over_many(versions[~both_known | side_by_side])


def largest_template(con: duckdb.DuckDBPyConnection, settings: TextMatching) -> str:
    """Return a sentence when one template holds so many texts that it has probably joined strangers, else ''."""
    largest, texts = con.execute(sql("match_largest")).fetchall()[0]
    return too_large(largest, texts, settings)


def too_large(largest: int, texts: int, settings: TextMatching) -> str:
    """Say that a template of `largest` among `texts` texts is too large, and what to do; '' when it is not."""
    if texts < settings.alarm_texts or largest <= settings.alarm_share * texts:
        return ""
    return (
        f"The largest template holds {largest:,} of {texts:,} texts ({largest / texts:.0%}): phrases that many use have probably joined strangers. "
        "Raise similar_at_10k and its fellows in config/linking.toml [texts] by 2, then run: lykta night"
    )
