"""Weigh pairs of ads with Splink: bits of evidence that two ads have one advertiser, from how often signs are shared by one and by strangers.

Splink runs in a database of its own that lives in memory alone: nothing is written, and it has no way out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.comparison_level_library import CustomLevel, ElseLevel, NullLevel
from splink.comparison_library import CustomComparison

from crawler.records.duckdb_file import connect
from pipeline.failure import Exit, Failure
from pipeline.link_model import COMMON, COMPARISONS, Comparison, Level
from pipeline.linking_settings import Chance, LinkRules
from pipeline.store import sql

PAIRS_AT_ONCE = 500_000  # pairs compared together; bounds the memory
EVEN = 0.5  # prior that adds no bits: what is asked for is the evidence alone
DIGITS = 3  # of a weight in bits
WEIGHTS = pa.schema([("left_ad", pa.int64()), ("right_ad", pa.int64()), ("bits", pa.float64())])

Chances = Mapping[str, Mapping[str, Chance]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What Splink weighs by; see LinkRules for `chances` and `doubt_ads`."""

    chances: Chances
    doubt_ads: int


def installed_splink() -> str:
    """Return the splink that is installed, as config/linking.toml names it: "splink 5.0.0"."""
    return f"splink {version('splink')}"


def refuse_other_splink(rules: LinkRules) -> None:
    """Refuse weights that were trained with another splink: what a level means may have changed under them.

    Raises:
        Failure: they were, and splink is to weigh (8).
    """
    if rules.weigh_by == "splink" and rules.trained_with != installed_splink():
        raise Failure(
            Exit.MISSING,
            f"config/linking.toml [link]: the weights were trained with {rules.trained_with}, installed is {installed_splink()}. Nothing was linked.",
            "Retrain and look at what changes with: lykta link train. Then write it with: lykta link train --write",
        )


def weigh(ads: pa.Table, pairs: pa.Table, model: Model) -> pa.Table:
    """Return `left_ad`, `right_ad` (the smaller id first) and `bits`: log2 Bayes factors of pairs of ads, to three decimals.

    Args:
        ads: one row an ad, with the columns of sql/link_ads.sql; both ads of every pair are there.
        pairs: left_ad and right_ad, each pair once.
    """
    parts = [_tidy(part) for part in _compared(ads, pairs, model, columns=("ad_id_l", "ad_id_r", "match_weight"))]
    return pa.concat_tables(parts) if parts else WEIGHTS.empty_table()


def _tidy(part: pa.Table) -> pa.Table:
    left, right = (part[name].combine_chunks() for name in ("ad_id_l", "ad_id_r"))
    bits = pc.round(part["match_weight"].combine_chunks().cast(pa.float64()), ndigits=DIGITS)
    return pa.table([pc.min_element_wise(left, right), pc.max_element_wise(left, right), bits], schema=WEIGHTS)


def levels(ads: pa.Table, pairs: pa.Table, model: Model) -> dict[str, Counter[str]]:
    """Count the levels of every comparison over pairs, as for `weigh`; a pair of which an ad says nothing counts nowhere."""
    found: dict[str, Counter[str]] = {comparison.name: Counter() for comparison in COMPARISONS}
    for part in _compared(ads, pairs, model, columns=tuple(f"gamma_{name}" for name in found)):
        for comparison in COMPARISONS:
            names = [level.name for level in reversed(comparison.levels)]  # Splink numbers levels from the weakest, 0
            seen = part[f"gamma_{comparison.name}"].value_counts().to_pylist()
            found[comparison.name].update({names[row["values"]]: row["counts"] for row in seen if row["values"] >= 0})
    return found


def _compared(ads: pa.Table, pairs: pa.Table, model: Model, *, columns: tuple[str, ...]) -> Iterator[pa.Table]:
    if not len(pairs):
        return
    with _memory() as con:
        con.register("link_ads", ads)
        api = DuckDBAPI(con)
        linker = Linker(api.register(ads), _settings(model.chances), log_level=None)
        for column, table in _common(con, model).items():
            linker.table_management.register_term_frequency_lookup(api.register(table), column)
        for start in range(0, len(pairs), PAIRS_AT_ONCE):
            yield _predict(api, linker, pairs.slice(start, PAIRS_AT_ONCE), columns)


@contextmanager
def _memory() -> Iterator[duckdb.DuckDBPyConnection]:
    con = connect(memory_limit="2GB", threads=2)
    try:
        yield con
    finally:
        con.close()


def _predict(api: Any, linker: Any, pairs: pa.Table, columns: tuple[str, ...]) -> pa.Table:
    keyed = pa.table({"match_key": pa.array(["0"] * len(pairs)), "join_key_l": pairs["left_ad"], "join_key_r": pairs["right_ad"]})
    linker.table_management.register_blocked_pairs_for_predict(api.register(keyed))
    answer = linker.inference.predict(warning_mode="never")
    try:
        return answer.as_duckdbpyrelation().select(*columns).to_arrow_table()
    finally:
        answer.drop_table_from_database_and_remove_from_cache()


def _common(con: duckdb.DuckDBPyConnection, model: Model) -> dict[str, pa.Table]:
    """Return for each column whose frequent values count less how frequent each value is, as Splink looks it up."""
    usual = {column: model.chances[column]["same"].strangers for column in COMMON}
    shares: dict[str, list[tuple[str, float]]] = {column: [] for column in COMMON}
    for what, value, share in con.execute(sql("link_common"), {**usual, "doubt": model.doubt_ads}).fetchall():
        shares[what].append((value, share))
    return {column: _lookup(column, rows) for column, rows in shares.items()}


def _lookup(column: str, rows: list[tuple[str, float]]) -> pa.Table:
    return pa.table({column: pa.array([row[0] for row in rows], pa.string()), f"tf_{column}": pa.array([row[1] for row in rows], pa.float64())})


def _settings(chances: Chances) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="ad_id",
        probability_two_random_records_match=EVEN,
        comparisons=[_comparison(comparison, chances[comparison.name]) for comparison in COMPARISONS],
        retain_matching_columns=True,  # with them come the levels
        retain_intermediate_calculation_columns=False,
    )


def _comparison(comparison: Comparison, chances: Mapping[str, Chance]) -> CustomComparison:
    levels = [_level(level, chances[level.name], comparison.common) for level in comparison.levels]
    return CustomComparison(output_column_name=comparison.name, comparison_levels=[NullLevel(comparison.column), *levels])


def _level(level: Level, chance: Chance, common: str) -> Any:
    if not level.condition:
        return ElseLevel().configure(m_probability=chance.same, u_probability=chance.strangers)
    made = CustomLevel(level.condition, label_for_charts=level.name).configure(m_probability=chance.same, u_probability=chance.strangers)
    return made.configure(tf_adjustment_column=common, disable_tf_exact_match_detection=True) if common else made
