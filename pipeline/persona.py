"""Personas: people as advertised, told apart within one contact by name, picture and stated age.

A stage of its own between match and link: indicators count people on a contact, and both linking and counting read the same rows.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from math import inf
from statistics import median

import duckdb
import pyarrow as pa

from pipeline.linking_settings import PersonaRules
from pipeline.match.groups import Groups
from pipeline.report import Report
from pipeline.store import sql

MAIN_ORDER = ("phone", "payment_swish", "telegram", "whatsapp", "signal", "wechat", "line", "viber", "snapchat", "email", "handle", "onlyfans", "account")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One ad on one contact as it presents somebody; age None when not stated."""

    ad_id: int
    names: frozenset[str]
    photos: frozenset[int]
    age: int | None


def run(con: duckdb.DuckDBPyConnection, settings: PersonaRules, as_of: datetime) -> Report:
    """Tell people apart on every contact, and name each ad's main contact."""
    rows = con.execute(sql("persona_facts"), {"confidence": settings.confidence_min}).fetchall()
    found: list[tuple[int, str, str, int]] = []
    for contact, group in groupby(rows, key=lambda row: (row[0], row[1])):
        shown = [Shown(ad_id=row[2], names=frozenset(row[5]), photos=frozenset(row[6]), age=row[7]) for row in group]
        rank = MAIN_ORDER.index(contact[1]) if contact[1] in MAIN_ORDER else len(MAIN_ORDER)
        for persona in tell_apart(shown, settings):
            name = _persona_id(contact[0], persona)
            found += [(one.ad_id, contact[0], name, rank) for one in persona]
    alone = con.execute(sql("persona_alone"), {"confidence": settings.confidence_min}).fetchall()
    found += [(ad_id, "", _hashed(f"alone {ad_id}"), len(MAIN_ORDER) + 1) for (ad_id,) in alone]
    return Report(read=len(rows) + len(alone), written=_write(con, found))


def tell_apart(shown: Sequence[Shown], settings: PersonaRules) -> list[list[Shown]]:
    """Divide the ads of one contact into people as advertised, in the order given.

    The same person: the same name or a shared picture, and stated ages that drift by at most `age_drift` years. Two people: no shared
    picture, and either ages at least `age_drift` + 1 years apart, whatever the names, or other names and an age unknown. All else is doubtful,
    and merged, with the nearest in age, only when every pair of the merged group is doubtful: fewer false claims of several people.
    """
    atoms = _atoms(shown, settings.age_drift)
    if len(atoms) > settings.atoms_max:
        return atoms
    people: list[list[Shown]] = []
    for atom in atoms:
        homes = [person for person in people if all(not _distinct(one, other, settings.age_drift) for one in person for other in atom)]
        if homes:
            min(homes, key=lambda person: _years_apart(person, atom)).extend(atom)
        else:
            people.append(list(atom))
    return people


def _years_apart(person: Sequence[Shown], atom: Sequence[Shown]) -> float:
    """Return how far apart the ages that two groups of ads state are, in years; infinite where one states none."""
    ages = [[one.age for one in ads if one.age is not None] for ads in (person, atom)]
    return abs(median(ages[0]) - median(ages[1])) if all(ages) else inf


def _atoms(shown: Sequence[Shown], drift: int) -> list[list[Shown]]:
    groups = Groups()
    by_sign: dict[tuple[str, str | int], list[int]] = defaultdict(list)
    for number, one in enumerate(shown):
        for name in one.names:
            by_sign[("name", name)].append(number)
        for photo in one.photos:
            by_sign[("photo", photo)].append(number)
    for numbers in by_sign.values():
        _join_by_age([(shown[number].age, number) for number in numbers], drift, groups)
    members: dict[int, list[Shown]] = defaultdict(list)
    for number, one in enumerate(shown):
        members[groups.of(number)].append(one)
    return list(members.values())


def _join_by_age(aged: list[tuple[int | None, int]], drift: int, groups: Groups) -> None:
    """Join ads that share a sign where their stated ages follow each other within the drift; an unknown age joins the first."""
    known = sorted((age, number) for age, number in aged if age is not None)
    for (low, left), (high, right) in zip(known, known[1:], strict=False):
        if high - low <= drift:
            groups.join(left, right)
    first = known[0][1] if known else aged[0][1]
    for age, number in aged:
        if age is None:
            groups.join(first, number)


def _distinct(one: Shown, other: Shown, drift: int) -> bool:
    if one.photos & other.photos:
        return False
    if one.age is not None and other.age is not None:
        return abs(one.age - other.age) > drift  # whatever the names: with such ages both one name and two names are two people
    return bool(one.names and other.names) and not one.names & other.names


def _persona_id(contact: str, persona: Sequence[Shown]) -> str:
    return _hashed(f"{contact} {min(one.ad_id for one in persona)}")


def _hashed(text: str) -> str:
    return "p-" + hashlib.sha256(text.encode()).hexdigest()[:12]


def _write(con: duckdb.DuckDBPyConnection, found: list[tuple[int, str, str, int]]) -> int:
    main: dict[int, tuple[int, str]] = {}
    for ad_id, contact, _, rank in found:
        if ad_id not in main or (rank, contact) < main[ad_id]:
            main[ad_id] = (rank, contact)
    rows = sorted((ad_id, contact, persona, main[ad_id][1] == contact) for ad_id, contact, persona, _ in found)
    return replace(con, rows)


def replace(con: duckdb.DuckDBPyConnection, rows: Sequence[tuple[int, str, str, bool]]) -> int:
    """Make the table hold exactly these rows. Returns how many were new or changed."""
    columns: Iterator[tuple[object, ...]] = zip(*rows, strict=True) if rows else iter([(), (), (), ()])
    names, kinds = ("ad_id", "contact_id", "persona", "main"), (pa.int64(), pa.string(), pa.string(), pa.bool_())
    table = pa.table({name: pa.array(column, kind) for name, column, kind in zip(names, columns, kinds, strict=True)})
    con.register("persona_rows", table)
    con.execute("CREATE OR REPLACE TEMP TABLE persona_now AS SELECT * FROM persona_rows")
    con.unregister("persona_rows")
    changed = int(con.execute("SELECT count(*) FROM (SELECT * FROM persona_now EXCEPT SELECT * FROM persona)").fetchall()[0][0])
    con.execute("DELETE FROM persona WHERE (ad_id, contact_id) NOT IN (SELECT (ad_id, contact_id) FROM persona_now)")
    con.execute("INSERT INTO persona SELECT * FROM persona_now ON CONFLICT DO UPDATE SET persona = excluded.persona, main = excluded.main")
    return changed
