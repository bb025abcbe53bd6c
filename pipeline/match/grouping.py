"""Texts built from one template, found among texts in memory: the body of `lykta texts group`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from pipeline.linking_settings import TextMatching
from pipeline.match.groups import Groups
from pipeline.match.likeness import likenesses
from pipeline.match.neighbours import neighbours
from pipeline.match.sketches import sketches
from pipeline.match.slots import template_of
from pipeline.match.texts import mask, similar_from


def group(lines: Sequence[tuple[str, str]], settings: TextMatching) -> dict[str, Any]:
    """Group texts built from one template.

    Args:
        lines: (id, text) pairs; ids are kept as given.

    Returns:
        "groups" with members, template and slots, and "alone": the ids of the texts that are like no other.
    """
    words = frozenset(settings.demographic_words)
    members: dict[int, list[int]] = defaultdict(list)
    for number, name in enumerate(partition([mask(text, words) for _, text in lines], settings)):
        members[name].append(number)
    found = [numbers for numbers in members.values() if len(numbers) > 1]
    return {
        "groups": [_described([lines[number] for number in numbers]) for numbers in found],
        "alone": [lines[numbers[0]][0] for numbers in members.values() if len(numbers) == 1],
    }


def _described(lines: Sequence[tuple[str, str]]) -> dict[str, Any]:
    template = template_of([text for _, text in lines])
    slots = {str(number): [filled[number - 1] for filled in template.fillings] for number in range(1, len(template.kinds) + 1)}
    return {"members": [name for name, _ in lines], "template": template.pattern, "slots": slots}


def partition(masked: Sequence[str], settings: TextMatching) -> list[int]:
    """Return the group of each masked text, named by the place of its first member; short texts are alike only when they are equal."""
    groups, firsts = Groups(), dict[str, int]()
    for place, text in enumerate(masked):
        if text:
            groups.join(firsts.setdefault(text, place), place)
    compared = [place for text, place in firsts.items() if len(text) >= settings.length_min]
    texts, threshold = [masked[place] for place in compared], similar_from(len(masked), settings)
    pairs = neighbours(sketches(texts).T)
    scores = likenesses(texts, pairs, at_least=threshold)
    for left, right in pairs[scores > 0].tolist():
        groups.join(compared[left], compared[right])
    return [groups.of(place) for place in range(len(masked))]
