"""Group pictures by their hashes alone: the body of `lykta photos group` and `lykta photos compare`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from crawler.records.hash_kinds import FIRST, KINDS
from pipeline.linking_settings import PhotoMatching
from pipeline.match.groups import Groups
from pipeline.match.photo_parts import compare_all, stacked, stands_alone
from pipeline.match.photos import FORMS, Found, first_of, nearest

Hashes = Mapping[str, Sequence[tuple[str, bytes, int]]]


def group(hashes: Hashes, unreadable: Sequence[Mapping[str, str]], settings: PhotoMatching) -> dict[str, Any]:
    """Group files whose pictures are the same.

    Args:
        hashes: file name to hashes (kind, 32 bytes, quality 0-100).
        unreadable: files without hashes, with the reason.

    Returns:
        groups from links that stand alone, links with distance in bits and the hashes that met, and the unreadable files.
    """
    names = sorted(hashes)
    usable = {number: [(kind, bits) for kind, bits, quality in hashes[name] if quality >= settings.quality_min] for number, name in enumerate(names)}
    whole = stacked(usable, FIRST)
    found = first_of(nearest(whole, whole, most=settings.alone_max), compare_all(usable, most=settings.second_sign_max))
    strong = stands_alone(found, alone_max=settings.alone_max, parts_alone_max=settings.parts_alone_max)
    groups = Groups.over(zip(found.left[strong].tolist(), found.right[strong].tolist(), strict=True))
    members: dict[int, list[str]] = defaultdict(list)
    for number, name in enumerate(names):
        members[groups.of(number)].append(name)
    flat = [{"file": name, "why": "too little in the picture to compare"} for number, name in enumerate(names) if not usable[number]]
    return {"groups": list(members.values()), "unreadable": [*map(dict, unreadable), *flat], "links": _links(found, names, strong.tolist())}


def _links(found: Found, names: Sequence[str], strong: Sequence[bool]) -> list[dict[str, Any]]:
    columns = (found.left, found.right, found.distance, found.form, found.left_kind, found.right_kind)
    return [
        {
            "a": names[left], "b": names[right], "how": FORMS[form], "distance": distance, "needs_second_sign": not alone,
            "hashes": [KINDS[left_kind], KINDS[right_kind]],
        }
        for left, right, distance, form, left_kind, right_kind, alone in zip(*(column.tolist() for column in columns), strong, strict=True)
    ]  # fmt: skip
