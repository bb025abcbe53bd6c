"""Ads that say places, prices with the time they hold for, and ages, beside sentences that only seem to."""

from __future__ import annotations

import csv
import functools
import random
import tomllib
from collections.abc import Iterator
from importlib.resources import files

from benchmarks.reading_cases.case import Case, chance
from benchmarks.reading_cases.phones import carriers, usual
from benchmarks.reading_cases.ways_words import SPOKEN

# How people write well-known places, from common use: (written, code).
SHORT = (
    ("Sthlm", "0180"),
    ("sthlm", "0180"),
    ("Gbg", "1480"),
    ("GBG", "1480"),
    ("Hbg", "1283"),
    ("Gothenburg", "1480"),
    ("Goteborg", "1480"),
    ("Malmo", "1280"),
    ("Malmoe", "1280"),
    ("Vasteras", "1980"),
    ("Orebro", "1880"),
    ("Norrkoping", "0581"),
    ("Vaxjo", "0780"),
    ("Umea", "2480"),
    ("Jkpg", "0680"),
    ("Angelholm", "1292"),
    ("Södermalm", "0180"),
    ("Vasastan", "0180"),
    ("Hisingen", "1480"),
    ("Majorna", "1480"),
    ("Möllevången", "1280"),
    ("Limhamn", "1280"),
    ("Gottsunda", "0380"),
    ("Råslätt", "0680"),
    ("Skäggetorp", "0580"),
    ("Drottninghög", "1283"),
    ("Brickebacken", "1880"),
    ("Bäckby", "1980"),
    ("Hageby", ""),
)


@functools.cache
def sentences() -> dict[str, list[str]]:
    """Return the sentences of facts.toml."""
    return tomllib.loads((files("benchmarks.reading_cases") / "facts.toml").read_text("utf-8"))


@functools.cache
def municipalities() -> tuple[tuple[str, str], ...]:
    """Return (name, code) of the 290 municipalities."""
    text = (files("pipeline.reading") / "municipalities.csv").read_text("utf-8")
    return tuple((row["name"], row["code"]) for row in csv.DictReader(text.splitlines()))


def facts(seed: int, count: int) -> Iterator[Case]:
    """Yield ads with one or two places, an age and a price list, each with its seeming twin, and a plain number beside them."""
    stream = chance(seed, "facts")
    for _ in range(count):
        places, place_lines = _places(stream)
        ages, age_lines = _ages(stream)
        prices, price_lines = _prices(stream)
        lines = place_lines + age_lines + price_lines
        stream.shuffle(lines)
        written, value = usual(stream)
        lines.insert(stream.randrange(len(lines) + 1), stream.choice((f"Ring {written}.", f"Tel: {written}", written)))
        lines.insert(0, stream.choice(carriers()["before"]))
        text = stream.choice(("\n", " ", "\n")).join(line if line.endswith((".", "!", "?")) or not line else f"{line}." for line in lines)
        yield Case(kind="facts", text=text.strip(), phones=frozenset({value}), places=frozenset(places), ages=frozenset(ages), prices=frozenset(prices))


def _places(stream: random.Random) -> tuple[list[str], list[str]]:
    lines = [stream.choice(sentences()["no_place"])] if stream.random() < 0.5 else []
    if stream.random() < 0.15:
        return [], lines
    if stream.random() < 0.3:
        written, code = stream.choice([short for short in SHORT if short[1]])
        return [code], [*lines, stream.choice(sentences()["place"]).replace("{p}", written)]
    name, code = stream.choice(municipalities())
    if stream.random() < 0.25 and not name.endswith(("s", "x")):
        return [code], [*lines, stream.choice(sentences()["genitive"]).replace("{p}", f"{name}s")]
    return [code], [*lines, stream.choice(sentences()["place"]).replace("{p}", name)]


def _ages(stream: random.Random) -> tuple[list[int], list[str]]:
    age, other = stream.randrange(19, 60), stream.randrange(19, 60)
    lines = [_filled(stream.choice(sentences()["no_age"]), stream.randrange(19, 60), 65)] if stream.random() < 0.6 else []
    if stream.random() < 0.2:
        return [], lines
    said = stream.choice(sentences()["age"])
    told = other if "{b}" in said else age
    return [told], [*lines, _filled(said, age, other)]


def _filled(sentence: str, age: int, other: int) -> str:
    spoken = (SPOKEN["sv_teens"][age - 10] if age < 20 else SPOKEN["sv_tens"][age // 10] + (SPOKEN["sv"][age % 10] if age % 10 else "")).capitalize()
    return sentence.replace("{a}", str(age)).replace("{b}", str(other)).replace("{n}", spoken)


def _prices(stream: random.Random) -> tuple[list[tuple[int, str, int | None]], list[str]]:
    lines = [stream.choice(sentences()["no_price"])] if stream.random() < 0.6 else []
    if stream.random() < 0.15:
        return [], lines
    prices: list[tuple[int, str, int | None]] = []
    parts = []
    for kind in stream.sample(("price", "hour", "half"), stream.choice((1, 2, 2))):
        amount = stream.randrange(12, 50) * 50
        minutes = {"price": stream.choice((15, 20, 45, 90, 120)), "hour": 60, "half": 30}[kind]
        said = stream.choice(sentences()[kind])
        euro = stream.randrange(8, 30) * 10
        thousand = f"{amount / 1000:g}".replace(".", ",") + "k"
        shown = (
            f"{amount // 1000} {amount % 1000:03d}"
            if amount >= 1000 and stream.random() < 0.3
            else f"{amount // 1000}.{amount % 1000:03d}"
            if amount >= 1000 and stream.random() < 0.15
            else str(amount)
        )
        parts.append(said.replace("{m}", str(minutes)).replace("{x}", shown).replace("{e}", str(euro)).replace("{k}", thousand))
        prices.append((euro, "EUR", minutes) if "{e}" in said else (amount, "SEK", minutes))
    return prices, [*lines, stream.choice((", ", "\n", ". ")).join(parts)]
