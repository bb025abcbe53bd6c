"""Group pictures by their hashes alone: the body of `lykta photos group` and `lykta photos compare`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from crawler.records.hash_kinds import KINDS
from pipeline.linking_settings import PhotoMatching
from pipeline.match.groups import Groups
from pipeline.match.photo_agreement import Agreed, agreement, bounds, stands_alone
from pipeline.match.photo_parts import compare_all
from pipeline.match.photo_table import ABSENT
from pipeline.match.photos import FORMS, Found

Hashes = Mapping[str, Sequence[tuple[str, bytes, int]]]


def group(hashes: Hashes, unreadable: Sequence[Mapping[str, str]], settings: PhotoMatching) -> dict[str, Any]:
    """Group files whose pictures are the same.

    Args:
        hashes: file name to hashes (kind, 32 bytes, quality 0-100).
        unreadable: files without hashes, with the reason.

    Returns:
        groups from links that stand alone, and the unreadable files; links with the distance in bits, the hashes that met and `agree`, the bits
        that the other hashes are apart in that orientation, null where there are too few. Files are compared as pictures of ads that share something.
    """
    names = sorted(hashes)
    usable = {number: [(kind, bits) for kind, bits, quality in hashes[name] if quality >= settings.quality_min] for number, name in enumerate(names)}
    found = compare_all(usable, most=settings.second_sign_max)
    agreed = agreement(usable, found)
    strong = stands_alone(found, agreed, bounds(settings, shared=True))
    groups = Groups.over(zip(found.left[strong].tolist(), found.right[strong].tolist(), strict=True))
    members: dict[int, list[str]] = defaultdict(list)
    for number, name in enumerate(names):
        members[groups.of(number)].append(name)
    flat = [{"file": name, "why": "too little in the picture to compare"} for number, name in enumerate(names) if not usable[number]]
    return {"groups": list(members.values()), "unreadable": [*map(dict, unreadable), *flat], "links": _links(found, names, agreed, strong.tolist())}


def _links(found: Found, names: Sequence[str], agreed: Agreed, strong: Sequence[bool]) -> list[dict[str, Any]]:
    columns = (found.left, found.right, found.distance, found.form, found.left_kind, found.right_kind, agreed)
    return [
        {
            "a": names[left], "b": names[right], "how": FORMS[form], "distance": distance, "needs_second_sign": not alone,
            "hashes": [KINDS[left_kind], KINDS[right_kind]], "agree": round(agree) if agree < ABSENT else None,
        }
        for left, right, distance, form, left_kind, right_kind, agree, alone in zip(*(column.tolist() for column in columns), strong, strict=True)
    ]  # fmt: skip
