"""Ads that hold a phrase of the lexicon: said, negated, or quoted; and ads that hold none."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files

from benchmarks.reading_cases.case import Case, chance
from benchmarks.reading_cases.phones import carriers
from pipeline.reading.lexicon import Phrase


@functools.cache
def frames() -> dict[str, dict[str, list[str]]]:
    """Return the sentences of cues.toml by language."""
    return tomllib.loads((files("benchmarks.reading_cases") / "cues.toml").read_text("utf-8"))


def cues(seed: int, phrases: Sequence[Phrase], count: int) -> Iterator[Case]:
    """Yield ads around phrases drawn from the lexicon. A negated or quoted phrase is no sign: it may be left out or be marked as negated."""
    stream = chance(seed, "cues")
    for _ in range(count):
        phrase = stream.choice(list(phrases))
        kind = stream.choice(("said", "said", "negated", "quoted"))
        frame = frames()[phrase.language][kind]
        if not frame:
            kind, frame = "said", frames()[phrase.language]["said"]
        line = stream.choice(frame).replace("{c}", phrase.text if stream.random() < 0.7 else phrase.text.capitalize())
        around = carriers()["after"] if phrase.language == "sv" else [""]
        yield Case(
            kind=f"{phrase.language} {kind}",
            text=f"{stream.choice(around)}\n{line}\n{stream.choice(around)}".strip(),
            cues=frozenset({(phrase.indicator, kind != "said")}),
            language=phrase.language,
        )


def without_cues(seed: int, count: int) -> Iterator[Case]:
    """Yield ordinary ads that hold no sign."""
    stream = chance(seed, "without cues")
    said = carriers()
    for _ in range(count):
        yield Case(kind="none", text=" ".join((stream.choice(said["before"]), stream.choice(said["ordinary"]), stream.choice(said["after"]))))


def twins(phrases: Sequence[Phrase]) -> Iterator[Case]:
    """Yield, for every indicator and every language that covers it, a text that says its first phrase."""
    seen: set[tuple[str, str]] = set()
    for phrase in phrases:
        if (phrase.language, phrase.indicator) not in seen:
            seen.add((phrase.language, phrase.indicator))
            line = frames()[phrase.language]["said"][0].replace("{c}", phrase.text)
            yield Case(kind=phrase.language, text=line, cues=frozenset({(phrase.indicator, False)}), language=phrase.language)
