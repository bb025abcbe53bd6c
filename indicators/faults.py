"""Everything that may be wrong with how an indicator is declared, each in one sentence, all at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from indicators.catalogue import read_files, rule_text, sources
from indicators.model import FAMILIES, ROUTES, TIERS, Indicator, Text
from indicators.never import NEVER_SCORE

EXAMPLES_MIN = 3
PARAM = re.compile(r"\$(\w+)")
TABLE = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]+)")
NAMED_STEP = re.compile(r"\b([a-z_]+)(?:\([^)]*\))?\s+AS\s+\(\s*(?:SELECT|VALUES)", re.IGNORECASE)
COMMENT = re.compile(r"--.*")


def faults(indicators: Sequence[Indicator] | None = None) -> list[str]:
    """List what is wrong with how indicators are declared, by default all there are; empty when nothing is.

    What is wrong with their examples is found by trying them: indicators/trial.py.
    """
    found, unreadable = read_files() if indicators is None else (tuple(indicators), ())
    known = {item.id for item in found}
    return [*unreadable, *(f"indicators/{item.id}.py: {fault}" for item in found for fault in (*_declared_wrongly(item, known), *_ruled_wrongly(item)))]


def _declared_wrongly(item: Indicator, known: set[str]) -> Iterator[str]:
    if item.id in NEVER_SCORE and item.tier != "context-only":
        yield "this attribute never counts for or against anyone; see indicators/never.py"
    for what, value, choices in (("tier", item.tier, TIERS), ("route", item.route, ROUTES), ("family", item.family, FAMILIES)):
        if value not in choices:
            yield f"{what} {value} is not one of {', '.join(choices)}"
    yield from (f"source {name} is not in indicators/sources.toml{near(name, sources())}" for name in item.sources if name not in sources())
    if item.raised_by and item.raised_by not in known:
        yield f"raised_by {item.raised_by} is not an indicator{near(item.raised_by, known)}"
    for what, missing in (("sources", not item.sources), ("innocent", not item.innocent), ("misses", not item.misses), ("reads", not item.reads)):
        if missing:
            yield f"{what} is empty; write at least one"
    if not all(text.sv.strip() and text.en.strip() for text in _texts(item)):
        yield "a text is empty in Swedish or in English; write it in both"
    yield from (f"params {key} must not be negative" for key, value in item.params.items() if value < 0)
    if len(item.examples) < EXAMPLES_MIN:
        yield f"{len(item.examples)} examples; write at least {EXAMPLES_MIN}"
    elif not (any(example.finds for example in item.examples) and any(not example.finds for example in item.examples)):
        yield "examples must hold one that is found and one innocent look-alike that is not"


def _texts(item: Indicator) -> tuple[Text, ...]:
    return (item.title, item.definition, item.explain, *item.innocent, *item.misses)


def _ruled_wrongly(item: Indicator) -> Iterator[str]:
    if item.rule.file != f"{item.id}.sql":
        yield f"the rule is {item.rule.file}; name it {item.id}.sql"
        return
    text = COMMENT.sub("", rule_text(item.id))
    asked, read = set(PARAM.findall(text)), tables_read(text)
    yield from (f"params {key} is missing; the rule asks for ${key}" for key in sorted(asked - set(item.params)))
    yield from (f"params {key} is not asked for by the rule{near(key, asked)}" for key in sorted(set(item.params) - asked))
    yield from (f"reads {name} is missing; the rule reads that table" for name in sorted(read - set(item.reads)))
    yield from (f"reads {name} is not read by the rule" for name in sorted(set(item.reads) - read))


def tables_read(text: str) -> set[str]:
    """Return the tables that a rule without comments reads: what it names after FROM or JOIN, less its own steps."""
    return set(TABLE.findall(text)) - set(NAMED_STEP.findall(text))


def near(name: str, known: Iterable[str]) -> str:
    """Return advice that names the nearest known word, or nothing."""
    found = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {found[0]}?" if found else ""
