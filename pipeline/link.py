"""Links: which pairs of ads belong together, by which rule, with how many bits of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.linking_settings import LinkRules
from pipeline.report import Report
from pipeline.store import sql

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
    values: dict[str, Any] = {
        "personas": settings.relay_personas,
        "ads": settings.relay_ads,
        "never": list(settings.never),
        "confidence": settings.confidence_min,
        "recycled_days": settings.recycled_days,
        "strong": list(settings.strong),
    }
    for statement in con.extract_statements(sql("link_excluded")):
        con.execute(statement, {name: values[name] for name in statement.named_parameters})
    pairs = [Pair(**dict(zip(Pair.__dataclass_fields__, row, strict=True))) for row in con.execute(
        sql("link_pairs"), {name: values[name] for name in ("confidence", "recycled_days", "strong")}).fetchall()]  # fmt: skip
    rows = []
    for pair in pairs:
        rule, admitted, bits = judge(pair, settings)
        rows.append((pair.left_ad, pair.right_ad, pair.kind, bits, pair.shared, admitted, rule))
    written = _replace(con, rows)
    refused = sum(not row[5] for row in rows)
    return Report(read=len(pairs), written=written, refused=refused)


def judge(pair: Pair, settings: LinkRules) -> tuple[str, bool, float]:
    """Decide one pair: the rule that admits or forbids, whether it links, and its bits of evidence.

    A shared contact links alone. A picture links with a second picture or another sign. A template is weak: it links only with a sign of
    another kind that is not itself a matter of course, and only when all bits together reach `admit_bits`.
    """
    bits = settings.bits
    total = 0.0
    if pair.kind in settings.strong:
        total += bits["contact"]
    total += bits["photo2"] if pair.photos >= 2 else bits["photo"] if pair.photos == 1 else bits["weak"] if pair.weak else 0.0
    total += bits["template"] * pair.same_template + bits["name"] * pair.same_name + bits["place"] * pair.same_place
    total += bits["account"] * pair.same_account + bits["price"] * pair.same_prices
    if pair.kind in settings.strong:
        return "a shared contact links alone", True, total
    pictures = pair.photos >= 1 or pair.weak
    if pair.photos >= 2:
        return "two shared pictures link alone", True, total
    if not (pictures and (pair.same_template or pair.same_name or pair.same_account)) and not (pair.same_template and pair.same_account):
        return "one weak sign never links alone", False, total
    return ("weak signs that together suffice", True, total) if total >= settings.admit_bits else ("weak signs that do not suffice", False, total)


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
