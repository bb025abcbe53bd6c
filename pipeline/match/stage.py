"""The match stage: a night's new pictures and texts against everything known."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import duckdb
import pyarrow as pa

from pipeline.linking_settings import LinkingSettings, PhotoMatching, TextMatching
from pipeline.match.groups import Groups
from pipeline.match.photos import as_array, nearest
from pipeline.match.text_stage import largest_template, match_texts
from pipeline.report import Report
from pipeline.store import sql


def run(con: duckdb.DuckDBPyConnection, settings: LinkingSettings, as_of: datetime) -> Report:
    """Find which pictures and texts belong together; only what is new is compared."""
    photos = _match_photos(con, settings.photos)
    texts, templates = match_texts(con, settings.texts)
    written = _group_photos(con, settings.photos) + _group_texts(con, templates, settings.texts)
    return Report(read=photos + texts, written=written, note=largest_template(con, settings.texts))


def _match_photos(con: duckdb.DuckDBPyConnection, settings: PhotoMatching) -> int:
    rows = con.execute(sql("match_photos"), {"quality": settings.quality_min}).fetchall()
    firsts: dict[bytes, int] = {}
    fresh: dict[bytes, int] = {}
    pairs: list[tuple[int, int, int, str, bool]] = []
    asked = 0
    for photo, bits, known in rows:  # known ones first, each by its id
        asked += not known
        if bits in firsts:
            if not known:
                pairs.append((firsts[bits], photo, 0, "same", False))
            continue
        firsts[bits] = photo
        if not known:
            fresh[bits] = photo
    if fresh:
        everything = list(firsts)
        start = len(everything) - len(fresh)
        for near in nearest(as_array(everything[start:]), as_array(everything), most=settings.second_sign_max, skip_self_from=start):
            left, right = firsts[everything[near.right]], firsts[everything[start + near.left]]
            pairs.append((left, right, near.distance, near.how, near.distance > settings.alone_max))
    if pairs:
        ordered = [(min(left, right), max(left, right), distance, how, doubtful) for left, right, distance, how, doubtful in pairs]
        columns = list(zip(*ordered, strict=True))
        kinds = (pa.int64(), pa.int64(), pa.int32(), pa.string(), pa.bool_())
        names = ["left_photo", "right_photo", "distance", "how", "needs_second_sign"]
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        con.register("found_pairs", pa.table(dict(zip(names, arrays, strict=True))))
        con.execute("INSERT INTO photo_match SELECT * FROM found_pairs ON CONFLICT DO NOTHING")
        con.unregister("found_pairs")
    return asked


def _group_photos(con: duckdb.DuckDBPyConnection, settings: PhotoMatching) -> int:
    groups = Groups.over(con.execute("SELECT left_photo, right_photo FROM photo_match WHERE NOT needs_second_sign").fetchall())
    photos = [row[0] for row in con.execute("SELECT photo_id FROM photo_hash WHERE pdq IS NOT NULL AND quality >= $q", {"q": settings.quality_min}).fetchall()]
    return _write_groups(con, photos, groups, "match_photo_groups", {"contacts": settings.stop_contacts, "names": settings.stop_names})


def _group_texts(con: duckdb.DuckDBPyConnection, groups: Groups, settings: TextMatching) -> int:
    versions = [row[0] for row in con.execute("SELECT version_id FROM text_sketch WHERE len(bands) > 0 OR masked = ''").fetchall()]
    params = {"share": settings.boilerplate_share, "ads": settings.boilerplate_ads}
    return _write_groups(con, versions, groups, "match_text_groups", params)


def _write_groups(con: duckdb.DuckDBPyConnection, members: list[int], groups: Groups, statement: str, params: dict[str, float]) -> int:
    """Write the group of every member where it is new or has changed. Returns how many rows changed."""
    if not members:
        return 0
    sizes: defaultdict[int, int] = defaultdict(int)
    names = [groups.of(member) for member in members]
    for name in names:
        sizes[name] += 1
    con.register("grouped", pa.table({"member": pa.array(members, pa.int64()), "name": pa.array(names, pa.int64())}))
    con.execute("CREATE OR REPLACE TEMP TABLE grouped_members AS SELECT * FROM grouped")
    con.unregister("grouped")
    written = 0
    for part in con.extract_statements(sql(statement)):
        rows = con.execute(part, {name: params[name] for name in part.named_parameters}).fetchall()
        if part.type in (duckdb.StatementType.INSERT, duckdb.StatementType.UPDATE):
            written += int(rows[0][0])
    return written
