"""Links: which pairs of ads belong together, by which rule, with how many bits of evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.linking_settings import LinkRules
from pipeline.report import Report
from pipeline.store import sql
from pipeline.weigh import Model, weigh

SENTENCES = {
    "phone": "Samma telefonnummer.",
    "email": "Samma e-postadress.",
    "payment_swish": "Samma betalnummer.",
    "photo": "Samma bild.",
    "template": "Samma textmall.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two ads that share something: of which kind, and all else they share."""

    left_ad: int
    right_ad: int
    kind: str
    shared: str
    photos: int
    weak: bool
    same_name: bool
    same_place: bool
    same_template: bool
    same_account: bool
    same_prices: bool


def run(con: duckdb.DuckDBPyConnection, settings: LinkRules, as_of: datetime) -> Report:
    """Find candidate pairs, exclude what never links, weigh the rest, and write every pair with the rule that decided."""
    pairs = candidates(con, settings)
    weights = weights_of(con, pairs, settings)
    rows = []
    for pair in pairs:
        bits = weights[(pair.left_ad, pair.right_ad)]
        rule, admitted = judge(pair, bits, settings)
        rows.append((pair.left_ad, pair.right_ad, pair.kind, bits, pair.shared, admitted, rule))
    written = _replace(con, rows)
    refused = sum(not row[5] for row in rows)
    return Report(read=len(pairs), written=written, refused=refused)


def candidates(con: duckdb.DuckDBPyConnection, settings: LinkRules) -> list[Pair]:
    """Write what never links, and return the pairs that share something else: one for each pair and kind of sign."""
    values: dict[str, Any] = {
        "personas": settings.relay_personas,
        "ads": settings.relay_ads,
        "advertisers": settings.relay_advertisers,
        "advertisers_ads": settings.relay_advertisers_ads,
        "never": list(settings.never),
        "confidence": settings.confidence_min,
        "recycled_days": settings.recycled_days,
        "strong": list(settings.strong),
    }
    for name in ("link_excluded", "link_signs"):
        for statement in con.extract_statements(sql(name)):
            con.execute(statement, {name: values[name] for name in statement.named_parameters})
    return [Pair(**dict(zip(Pair.__dataclass_fields__, row, strict=True))) for row in con.execute(sql("link_pairs")).fetchall()]


def weights_of(con: duckdb.DuckDBPyConnection, pairs: Sequence[Pair], settings: LinkRules) -> Mapping[tuple[int, int], float]:
    """Return the bits of evidence of every pair of ads, by Splink or by the fixed bits, as the settings say. `candidates` ran before."""
    if settings.weigh_by == "bits":
        strongest: dict[tuple[int, int], float] = {}
        for pair in pairs:
            key = (pair.left_ad, pair.right_ad)
            strongest[key] = max(strongest.get(key, 0.0), fixed_bits(pair, settings))
        return strongest
    distinct = sorted({(pair.left_ad, pair.right_ad) for pair in pairs})
    columns = zip(*distinct, strict=True) if distinct else iter([(), ()])
    table = pa.table({name: pa.array(column, pa.int64()) for name, column in zip(("left_ad", "right_ad"), columns, strict=True)})
    return weigh(ads_of(con), table, Model(chances=settings.chances, doubt_ads=settings.doubt_ads))


def ads_of(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return one row for each ad that shares anything, as Splink compares them. `candidates` ran before."""
    return con.execute(sql("link_ads")).to_arrow_table()


def fixed_bits(pair: Pair, settings: LinkRules) -> float:
    """Add up the fixed bits of what a pair shares."""
    bits = settings.bits
    total = bits["contact"] if pair.kind in settings.strong else 0.0
    total += bits["photo2"] if pair.photos >= 2 else bits["photo"] if pair.photos == 1 else bits["weak"] if pair.weak else 0.0
    total += bits["template"] * pair.same_template + bits["name"] * pair.same_name + bits["place"] * pair.same_place
    return total + bits["account"] * pair.same_account + bits["price"] * pair.same_prices


def judge(pair: Pair, bits: float, settings: LinkRules) -> tuple[str, bool]:
    """Decide one pair: the rule that admits or forbids, and whether it links.

    A shared contact links alone. Two shared pictures link unless all else that can be compared speaks against it, as with stolen ones:
    the bits must reach `admit_bits`. One picture and a template are weak: each links only with a sign of another kind that is not itself
    a matter of course, and only when all bits together reach `admit_bits`.
    """
    if pair.kind in settings.strong:
        return "a shared contact links alone", True
    enough = bits >= settings.admit_bits
    if pair.photos >= 2:
        return ("two shared pictures link", True) if enough else ("two shared pictures that all else speaks against", False)
    pictures = pair.photos >= 1 or pair.weak
    if not (pictures and (pair.same_template or pair.same_name or pair.same_account)) and not (pair.same_template and pair.same_account):
        return "one weak sign never links alone", False
    return ("weak signs that together suffice", True) if enough else ("weak signs that do not suffice", False)


def link_sentence(kind: str) -> str:
    """Return what two ads share, as one Swedish sentence."""
    return SENTENCES.get(kind, f"Samma kontaktuppgift ({kind}).")


def _replace(con: duckdb.DuckDBPyConnection, rows: list[tuple[Any, ...]]) -> int:
    names = ("left_ad", "right_ad", "kind", "weight", "shared", "admitted", "rule")
    kinds = (pa.int64(), pa.int64(), pa.string(), pa.float64(), pa.string(), pa.bool_(), pa.string())
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    con.register("link_rows", pa.table({name: pa.array(column, kind) for name, column, kind in zip(names, columns, kinds, strict=True)}))
    con.execute("CREATE OR REPLACE TEMP TABLE link_now AS SELECT * FROM link_rows")
    con.unregister("link_rows")
    changed = int(con.execute("SELECT count(*) FROM (SELECT * FROM link_now EXCEPT SELECT * FROM link)").fetchall()[0][0])
    con.execute("DELETE FROM link WHERE (left_ad, right_ad, kind) NOT IN (SELECT (left_ad, right_ad, kind) FROM link_now)")
    con.execute(
        "INSERT INTO link SELECT * FROM link_now ON CONFLICT DO UPDATE SET weight = excluded.weight, shared = excluded.shared, "
        "admitted = excluded.admitted, rule = excluded.rule"
    )
    return changed
