"""Sentences: choices are made once for a person, slots are filled for each ad."""

from __future__ import annotations

import functools
import random
import re
from dataclasses import dataclass, replace

from simulator.rates import rates, table

CHOICE = re.compile(r"\{([^{}]*)\}")
SLOT = re.compile(r"<(\w+)>")
# Kinds of sentence of an ordinary ad in their usual order, and how many of each a person writes: (none, one, two, three).
PLAN = (
    ("opening", (0.08, 0.92)),
    ("self", (0.10, 0.40, 0.35, 0.15)),
    ("place", (0.25, 0.60, 0.15)),
    ("offer", (0.20, 0.50, 0.30)),
    ("rules", (0.35, 0.45, 0.20)),
    ("hours", (0.60, 0.40)),
    ("prices", (0.50, 0.50)),
)
LONG_MIN = 120  # characters: shorter texts count as no template


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How one writer writes: a language, a title and sentences whose choices are made and whose slots are open."""

    language: str
    title: str
    lines: tuple[str, ...]
    closing: str
    phone_line: str


@functools.cache
def bank(language: str, kind: str) -> tuple[tuple[str | tuple[str, ...], ...], ...]:
    """Return the sentences of a kind, cut into fixed parts and choices; () where a language has none."""
    words = table(f"words/{language}.toml")
    lines = words["cues"].get(kind[5:], []) if kind.startswith("cues.") else words.get(kind, [])
    return tuple(_cut(line) for line in lines)


def _cut(line: str) -> tuple[str | tuple[str, ...], ...]:
    parts: list[str | tuple[str, ...]] = []
    for place, part in enumerate(CHOICE.split(line)):
        if part or place % 2:
            parts.append(tuple(part.split("|")) if place % 2 else part)
    return tuple(parts)


def _settle(parts: tuple[str | tuple[str, ...], ...], chance: random.Random) -> str:
    return "".join(part if isinstance(part, str) else chance.choice(part) for part in parts)


def sentence(language: str, kind: str, chance: random.Random) -> str:
    """Draw one sentence of a kind with its choices made; '' where the language has none."""
    lines = bank(language, kind)
    return _settle(chance.choice(lines), chance) if lines else ""


def sentences(language: str, kind: str, number: int, chance: random.Random) -> list[str]:
    """Draw different sentences of a kind."""
    lines = bank(language, kind)
    return [_settle(parts, chance) for parts in chance.sample(lines, min(number, len(lines)))]


def new_voice(language: str, chance: random.Random, *, titles: str = "titles") -> Voice:
    """Make up how an ordinary person writes: some of each kind of sentence, with the usual signs that mean nothing."""
    lines: list[str] = []
    for kind, shares in PLAN:
        lines += sentences(language, kind, _count(chance, shares), chance)
    lines += _ordinary_cues(language, chance)
    if chance.random() < rates().writing.trap:
        lines.append(sentence(language, "traps", chance))
    if chance.random() < rates().writing.bilingual:
        lines.append(sentence("en" if language != "en" else "sv", chance.choice(("self", "offer", "rules")), chance))
    lines = [line for line in lines if line]
    if chance.random() < 0.5:
        rest = lines[1:]
        chance.shuffle(rest)
        lines[1:] = rest
    return settled(language, lines, chance, titles=titles)


def settled(language: str, lines: list[str], chance: random.Random, *, titles: str = "titles") -> Voice:
    """Make a voice of given sentences; titles of a kind that the language lacks are ordinary ones."""
    title = sentence(language, titles, chance) or sentence(language, "titles", chance)
    closing, phone_line = sentence(language, "closing", chance), sentence(language, "phone", chance)
    voice = Voice(language=language, title=title, lines=tuple(lines), closing=closing, phone_line=phone_line)
    return fix_hobbies(voice, chance)


def fix_hobbies(voice: Voice, chance: random.Random) -> Voice:
    """Fill what the person likes, which stays the same from ad to ad."""
    return replace(voice, lines=tuple(liked(line, voice.language, chance) for line in voice.lines))


def liked(line: str, language: str, chance: random.Random) -> str:
    """Fill in what somebody likes."""
    likes = table(f"words/{language}.toml")["hobby"]
    while "<hobby>" in line:
        line = line.replace("<hobby>", chance.choice(likes), 1)
    return line


def _count(chance: random.Random, shares: tuple[float, ...]) -> int:
    left = chance.random()
    for number, share in enumerate(shares):
        left -= share
        if left < 0:
            return number
    return len(shares) - 1


def _ordinary_cues(language: str, chance: random.Random) -> list[str]:
    number = _count(chance, rates().cue_count)
    kinds = {rates().cues.draw(chance) for _ in range(number)}
    return [sentence(language, f"cues.{kind}", chance) for kind in sorted(kinds)]


def template_voice(language: str, extra: list[str], chance: random.Random) -> Voice:
    """Make a text long enough to be a template: the sentences are one writer's, the slots anybody's."""
    lines: list[str] = []
    for kind, number in (("opening", 1), ("self", 2), ("place", 1), ("offer", 2), ("rules", 1)):
        lines += sentences(language, kind, number, chance)
    while len(" ".join(lines)) < LONG_MIN * 2:
        lines.append(sentence(language, chance.choice(("self", "offer", "hours", "rules")), chance) or sentence(language, "self", chance))
    return settled(language, [*lines, *[line for line in extra if line]], chance)


def fill(text: str, slots: dict[str, str]) -> str:
    """Put values into the slots of a text."""
    return SLOT.sub(lambda match: slots[match.group(1)], text) if "<" in text else text


def mistype(text: str, chance: random.Random) -> str:
    """Swap, drop or double a letter in one to three words; numbers and names of slots are left alone."""
    words = text.split(" ")
    able = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    for place in chance.sample(able, min(len(able), chance.randrange(1, 4))):
        word, spot = words[place], chance.randrange(1, len(words[place]) - 1)
        swapped, dropped, doubled = word[spot + 1] + word[spot] + word[spot + 2 :], word[spot + 1 :], word[spot] + word[spot:]
        words[place] = word[:spot] + chance.choice((swapped, dropped, doubled))
    return " ".join(words)
