"""The match stage: a night's new pictures and texts against everything known."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pyarrow as pa

from pipeline.linking_settings import LinkingSettings, PhotoMatching, TextMatching
from pipeline.match.groups import Groups
from pipeline.match.photo_stage import ask_neighbours, group_photos, match_photos
from pipeline.match.text_stage import largest_template, match_texts
from pipeline.report import Report
from pipeline.store import sql


def run(con: duckdb.DuckDBPyConnection, settings: LinkingSettings, as_of: datetime) -> Report:
    """Find which pictures and texts belong together; only what is new is compared."""
    photos = match_photos(con, settings.photos)
    texts, templates = match_texts(con, settings.texts)
    written = _group_texts(con, templates, settings.texts)
    ask_neighbours(con, settings.photos)
    written += _group_photos(con, settings.photos)
    return Report(read=photos + texts, written=written, note=largest_template(con, settings.texts))


def _group_photos(con: duckdb.DuckDBPyConnection, settings: PhotoMatching) -> int:
    photos, groups = group_photos(con, settings)
    params = {"contacts": settings.stop_contacts, "names": settings.stop_names, "counties": settings.stop_counties, "site_share": settings.stop_site_share}
    return _write_groups(con, photos, groups, "match_photo_groups", params)


def _group_texts(con: duckdb.DuckDBPyConnection, groups: Groups, settings: TextMatching) -> int:
    versions = [row[0] for row in con.execute("SELECT version_id FROM text_sketch WHERE len(bands) > 0 OR masked = ''").fetchall()]
    params = {"share": settings.boilerplate_share, "ads": settings.boilerplate_ads}
    return _write_groups(con, versions, groups, "match_text_groups", params)


def _write_groups(con: duckdb.DuckDBPyConnection, members: list[int], groups: Groups, statement: str, params: dict[str, float]) -> int:
    """Write the group of every member where it is new or has changed. Returns how many rows changed."""
    if not members:
        return 0
    names = [groups.of(member) for member in members]
    con.register("grouped", pa.table({"member": pa.array(members, pa.int64()), "name": pa.array(names, pa.int64())}))
    con.execute("CREATE OR REPLACE TEMP TABLE grouped_members AS SELECT * FROM grouped")
    con.unregister("grouped")
    written = 0
    for part in con.extract_statements(sql(statement)):
        rows = con.execute(part, {name: params[name] for name in part.named_parameters}).fetchall()
        if part.type in (duckdb.StatementType.INSERT, duckdb.StatementType.UPDATE):
            written += int(rows[0][0])
    return written
