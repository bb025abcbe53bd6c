"""Links: which pairs of ads belong together, by which rule, with how many bits of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.casebook.belonging import Judged
from pipeline.link_judgements import hold, said
from pipeline.linking_settings import LinkRules
from pipeline.report import Report
from pipeline.store import sql
from pipeline.weigh import Model, refuse_other_splink, weigh


def run(con: duckdb.DuckDBPyConnection, settings: LinkRules, as_of: datetime, judged: Sequence[Judged] = ()) -> Report:
    """Find candidate pairs, exclude what never links, weigh the rest, and write every pair with the rule that decided.

    `judged` is what people judged to belong together or not; it beats every rule. What cannot be followed is said in the report.
    """
    candidates(con, settings)
    stands = hold(con, judged)
    weights(con, settings)
    _execute(con, "link_judge", {"strong": list(settings.strong), "admit_bits": settings.admit_bits})
    changed = _count(con, "SELECT count(*) FROM (SELECT * FROM link_now EXCEPT SELECT * FROM link)")
    _execute(con, "link_write", {})
    read, refused = _count(con, "SELECT count(*) FROM link_pair"), _count(con, "SELECT count(*) FROM link_now WHERE NOT admitted")
    for table in ("link_pair", "link_weight", "link_now"):
        con.execute(f"DROP TABLE {table}")  # names stand above
    return Report(read=read, written=changed, refused=refused, note=said(stands))


def candidates(con: duckdb.DuckDBPyConnection, settings: LinkRules) -> None:
    """Write what never links, and lay out as `link_pair` the pairs that share something else: one for each pair and kind of sign."""
    values: dict[str, Any] = {
        "personas": settings.relay_personas,
        "ads": settings.relay_ads,
        "advertisers": settings.relay_advertisers,
        "advertisers_ads": settings.relay_advertisers_ads,
        "strangers": settings.strangers_min,
        "strangers_share": settings.strangers_share,
        "never": list(settings.never),
        "reasons": [settings.reasons.get(one, "named in config/linking.toml") for one in settings.never],
        "confidence": settings.confidence_min,
        "recycled_days": settings.recycled_days,
        "strong": list(settings.strong),
    }
    for name in ("link_strangers", "link_excluded", "link_signs", "link_recycled", "link_pairs"):
        _execute(con, name, values)


def weights(con: duckdb.DuckDBPyConnection, settings: LinkRules) -> None:
    """Lay out as `link_weight` the bits of evidence of every pair of ads, by Splink or by the fixed bits, as the settings say. `candidates` ran before."""
    if settings.weigh_by == "bits":
        _execute(con, "link_weigh_bits", {"strong": list(settings.strong), **settings.bits})
        return
    refuse_other_splink(settings)
    pairs = con.execute("SELECT DISTINCT left_ad, right_ad FROM link_pair ORDER BY left_ad, right_ad").to_arrow_table()
    con.register("weight_rows", weigh(ads_of(con), pairs, Model(chances=settings.chances, doubt_ads=settings.doubt_ads)))
    con.execute("CREATE OR REPLACE TEMP TABLE link_weight AS SELECT * FROM weight_rows")
    con.unregister("weight_rows")


def ads_of(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return one row for each ad that shares anything, as Splink compares them. `candidates` ran before."""
    return con.execute(sql("link_ads")).to_arrow_table()


def _execute(con: duckdb.DuckDBPyConnection, name: str, values: dict[str, Any]) -> None:
    for statement in con.extract_statements(sql(name)):
        con.execute(statement, {name: values[name] for name in statement.named_parameters})


def _count(con: duckdb.DuckDBPyConnection, question: str) -> int:
    return int(con.execute(question).fetchall()[0][0])
