"""Texts with one phone number: hidden in one of the ways, or plain as in most ads."""

from __future__ import annotations

import functools
import random
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from benchmarks.reading_cases.case import Case, chance
from benchmarks.reading_cases.numbers import e164, landline, mobile
from benchmarks.reading_cases.ways import WAYS


@functools.cache
def carriers() -> dict[str, list[str]]:
    """Return the sentences that ads are put together from."""
    return tomllib.loads((files("benchmarks.reading_cases") / "carriers.toml").read_text("utf-8"))


def hidden(seed: int, count: int) -> Iterator[Case]:
    """Yield `count` texts a way, each with one Swedish mobile number hidden in that way."""
    for way, write in WAYS.items():
        stream = chance(seed, "hidden", way)
        for _ in range(count):
            number = mobile(stream)
            yield Case(kind=way, text=advert(stream, write(number, stream)), phones=frozenset({e164(number)}))


def plain(seed: int, count: int) -> Iterator[Case]:
    """Yield ordinary ads with one number written as people usually write it, and figures of other kinds beside it."""
    stream = chance(seed, "plain")
    for _ in range(count):
        written, value = usual(stream)
        text = advert(stream, written)
        extra = stream.sample(carriers()["ordinary"], stream.choice((1, 2, 3)))
        yield Case(
            kind="plain",
            text=stream.choice((f"{' '.join(extra)} {text}", f"{text}\n{' '.join(extra)}", f"{extra[0]}\n{text} {' '.join(extra[1:])}")),
            phones=frozenset({value}),
        )


def advert(stream: random.Random, written: str) -> str:
    """Put a written number into an ad of a few sentences."""
    said = carriers()
    line = stream.choice(said["contact"]).replace("{phone}", written)
    gap = stream.choice((" ", " ", "\n"))
    return f"{stream.choice(said['before'])}{gap}{line}{gap}{stream.choice(said['after'])}".strip()


def usual(stream: random.Random) -> tuple[str, str]:
    """Write a mobile (three in four) or landline number as people usually do. Returns it as written and as E.164."""
    if stream.random() < 0.25:
        area, rest = landline(stream)
        value = e164(area + rest)
        cuts = {5: (3,), 6: stream.choice(((2, 4), (3,))), 7: (3, 5)}[len(rest)]
        groups = " ".join(rest[start:stop] for start, stop in zip((0, *cuts), (*cuts, len(rest)), strict=True))
        return stream.choice(
            (f"{area}-{groups}", f"{area}-{rest}", f"{area} {groups}", f"({area}) {groups}", f"+46 {area[1:]} {groups}", f"{area}/{rest}")
        ), value
    number = mobile(stream)
    forms = (
        f"{number[:3]}-{number[3:6]} {number[6:8]} {number[8:]}",
        f"{number[:3]} {number[3:6]} {number[6:8]} {number[8:]}",
        number,
        f"{number[:3]}-{number[3:]}",
        f"{number[:4]}-{number[4:6]} {number[6:8]} {number[8:]}",
        f"{number[:4]} {number[4:7]} {number[7:]}",
        f"+46{number[1:]}",
        f"+46 {number[1:3]} {number[3:6]} {number[6:8]} {number[8:]}",
        f"0046{number[1:]}",
        f"+46 (0){number[1:3]}-{number[3:6]} {number[6:]}",
        f"{number[:3]}.{number[3:6]}.{number[6:8]}.{number[8:]}",
        f"{number[:3]} {number[3:6]} {number[6:]}",
        f"{number[:4]}-{number[4:]}",
        f"+46-{number[1:3]}-{number[3:]}",
        f"{number[:3]}/{number[3:]}",
        f"46{number[1:]}",
        f"{number[:3]}-{number[3:6]}-{number[6:8]}-{number[8:]}",
    )
    return stream.choice(forms), e164(number)
