"""How well eighty texts in nine languages are read that were written by somebody who had not seen the reader (forty) or not the lexicon (forty).

`python -m benchmarks.reading_fresh` prints precision and recall by kind; `--misses` what was read too much and too little in each text.
"""

from __future__ import annotations

import functools
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reading import reader
from pipeline.reading.model import Reading
from pipeline.reading.reader import Reader

FILES = tuple(Path(__file__).parent / "reading_cases" / name for name in ("fresh.toml", "fresh_second.toml"))
SURE = 0.5  # confidence from which a reading of a contact is an answer and not one of several possible ones


def _contacts(reading: Reading, *, phones: bool) -> set[str]:
    sure = [contact for contact in reading.contacts if contact.confidence >= SURE and (contact.kind == "phone") == phones]
    return {contact.value if phones else f"{contact.kind}:{contact.value}" for contact in sure if not contact.kind.startswith("payment")}


ANSWERS: Mapping[str, Callable[[Reading], set[str]]] = {
    "phones": functools.partial(_contacts, phones=True),
    "other": functools.partial(_contacts, phones=False),
    "places": lambda reading: {place.municipality for place in reading.places},
    "tours": lambda reading: {f"{stay.municipality} {stay.first} {stay.last}" for stay in reading.stays if stay.said == "dates"},
    "prices": lambda reading: {f"{price.amount} {price.currency} {price.minutes or 0}" for price in reading.prices},
    "ages": lambda reading: {str(age.value) for age in reading.ages},
    "cues": lambda reading: {cue.indicator for cue in reading.cues if not cue.negated},
    "language": lambda reading: {language.code for language in reading.languages[:1]},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was read of one kind in one text, and what a careful person reads."""

    text: str
    kind: str
    read: frozenset[str]
    wanted: frozenset[str]


def answers(reader: Reader) -> list[Answer]:
    """Read every text."""
    found = []
    for case in (case for file in FILES for case in tomllib.loads(file.read_text("utf-8"))["text"]):
        reading = reader.read(case["text"])
        found += [Answer(text=case["id"], kind=kind, read=frozenset(read(reading)), wanted=_wanted(case, kind)) for kind, read in ANSWERS.items()]
    return found


def _wanted(case: Mapping[str, Any], kind: str) -> frozenset[str]:
    wanted = case.get(kind, [])
    return frozenset([wanted] if isinstance(wanted, str) else map(str, wanted))


def measure() -> dict[str, float]:
    """Return precision and recall of each kind."""
    figures: dict[str, float] = {}
    read = answers(reader())
    for kind in ANSWERS:
        of_kind = [answer for answer in read if answer.kind == kind]
        right = sum(len(answer.read & answer.wanted) for answer in of_kind)
        figures[f"{kind}_precision"] = right / max(1, sum(len(answer.read) for answer in of_kind))
        figures[f"{kind}_recall"] = right / max(1, sum(len(answer.wanted) for answer in of_kind))
    return figures


def main() -> int:
    """Print the figures, and with --misses what is behind them."""
    for name, value in measure().items():
        print(f"{name:<28} {value:10.3f}")
    for answer in answers(reader()) if "--misses" in sys.argv else ():
        if answer.read != answer.wanted:
            print(f"{answer.text} {answer.kind}: too much {sorted(answer.read - answer.wanted)}, too little {sorted(answer.wanted - answer.read)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
