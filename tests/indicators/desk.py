"""What people see of a small town: queue, list, clusters, as the same commands show them."""

from __future__ import annotations

import dataclasses
import json
import secrets
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.casebook.book import Casebook
from pipeline.home import SHIPPED_CONFIG
from pipeline.linking_settings import LinkingSettings
from pipeline.outreach.clusters import clusters
from pipeline.outreach.lanes import queue, urgent
from pipeline.outreach.settings import OutreachSettings
from pipeline.outreach.visit_list import make_list
from pipeline.strict import build
from tests.indicators.town import AS_OF, PEOPLE, bands, findings, judge, ring
from tests.matching.world import World, ad, world

WHOLE = {"channel": "visit", "person_safety": "ingen ensam", "team_safety": 1, "interpreter": "behövs inte", "legal": "SoL", "minor_check": True}


def shipped_outreach() -> OutreachSettings:
    wrong: list[str] = []
    made = build(OutreachSettings, tomllib.loads((SHIPPED_CONFIG / "outreach.toml").read_text("utf-8")), where="outreach.toml", faults=wrong)
    assert made is not None, wrong
    return made


def casebook(folder: Path) -> Casebook:
    book = Casebook.open(folder / f"{secrets.token_hex(4)}.db", key=secrets.token_hex(32), audit_key=secrets.token_hex(32))
    for name in ("anna", "bertil"):
        book.add_user(name, role="coordinator", organisation="Exempel", password="ett långt lösenord", note_signed=True, now=AS_OF)
    return book


def read_order(town: World, book: Casebook) -> list[dict[str, Any]]:
    return queue(town.con, book, shipped_outreach(), AS_OF)


def seen(town: World, book: Casebook) -> tuple[object, ...]:
    """All that may reach a person: clusters, bands, points, findings, counter-evidence and reading order."""
    counters = town.con.execute("SELECT cluster_id, counter FROM counter_evidence ORDER BY ALL").fetchall()
    ranks = [(row["rank"], row["cluster"], row["band"], row["lane"]) for row in read_order(town, book)]
    return town.clusters(), bands(town.con), findings(town.con), counters, ranks


def let_through(book: Casebook, cluster: str) -> None:
    """Two people let a cluster through."""
    book.decide("anna", cluster, "approve", alternative="Vänner", reason="Läst", assessment=WHOLE, run="r", now=AS_OF)
    book.approve("bertil", cluster, now=AS_OF)


def view(words: Sequence[str]) -> tuple[object, ...]:
    """What a ring and two pairs look like when their ads say these words."""
    with tempfile.TemporaryDirectory() as folder, world(Path(folder)) as town, casebook(Path(folder)) as book:
        pairs = [ad(50 + place, f"En {words[place % len(words)]} dam, 070-174 06 2{place % 2}", name=name) for place, (name, _) in enumerate(PEOPLE)]
        town.night(*ring(words), *pairs, as_of=AS_OF)
        judge(town.con)
        return seen(town, book)


def never_linking(town: World, pseudonym: str) -> LinkingSettings:
    """Return the linking settings with one contact named as generic."""
    return dataclasses.replace(town.linking, link=dataclasses.replace(town.linking.link, never=(pseudonym,)))


def outputs(town: World, book: Casebook) -> str:
    """Everything that leaves for people other than the safeguarding officer."""
    rules = shipped_outreach()
    shown = (
        clusters(town.con, run="r", band=None, language="sv"), read_order(town, book), urgent(town.con, book, rules),
        make_list(town.con, book, rules, AS_OF, who="anna"), bands(town.con),
    )  # fmt: skip
    return json.dumps(shown, default=str, ensure_ascii=False)
