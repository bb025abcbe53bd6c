"""Texts side by side: which words an ad shares with the template it was built from, and which change from ad to ad."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

SHOWN_MAX = 20_000  # characters; a longer text is cut, and said to be
SHARED_RUN = 3  # words in a row that must be alike before they are marked: single small words are alike by chance
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text. `kind` is shared (word for word as the others), slot (changes between shared stretches) or plain."""

    text: str
    kind: str


def pieces(texts: Sequence[str]) -> list[list[Piece]]:
    """Mark in each text what it shares with the others of its template; a text alone has one plain piece.

    Args:
        texts: two or more texts of one template, each at most SHOWN_MAX characters.
    """
    if len(texts) < 2:
        return [[Piece(text=text, kind="plain")] for text in texts]
    words = [[match.group() for match in WORD.finditer(text)] for text in texts]
    middle = sorted(range(len(texts)), key=lambda number: len(words[number]))[len(texts) // 2]
    return [_pieces(text, _shared(words, number, middle)) for number, text in enumerate(texts)]


def _shared(words: Sequence[Sequence[str]], number: int, middle: int) -> list[bool]:
    """For each word of one text, whether it stands in a run that another text has too: the middle one, or for that one its neighbour."""
    other = middle if number != middle else (0 if middle else 1)
    shared = [False] * len(words[number])
    for step in LCSseq.opcodes(words[number], words[other]):
        if step.tag == "equal" and step.src_end - step.src_start >= SHARED_RUN:
            shared[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
    return shared


def _pieces(text: str, shared: Sequence[bool]) -> list[Piece]:
    """Cut a text where its words turn from shared to changing; what changes counts as a slot only between shared stretches."""
    found: list[Piece] = []
    at, spans = 0, list(WORD.finditer(text))
    first = next((index for index, yes in enumerate(shared) if yes), len(spans))
    last = next((index for index in range(len(spans) - 1, -1, -1) if shared[index]), -1)
    start = 0
    while start < len(spans):
        end = start
        while end < len(spans) and shared[end] == shared[start]:
            end += 1
        kind = "shared" if shared[start] else "slot" if first < start < last else "plain"
        if spans[start].start() > at:
            found.append(Piece(text=text[at : spans[start].start()], kind="plain"))
        found.append(Piece(text=text[spans[start].start() : spans[end - 1].end()], kind=kind))
        at, start = spans[end - 1].end(), end
    if at < len(text):
        found.append(Piece(text=text[at:], kind="plain"))
    return found
