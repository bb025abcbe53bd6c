"""Group pictures by their hashes alone: the body of `lykta photos group` and `lykta photos compare`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.linking_settings import PhotoMatching
from pipeline.match.groups import Groups
from pipeline.match.photos import as_array, nearest

Hashes = Mapping[str, Sequence[tuple[str, bytes, int]]]


def group(hashes: Hashes, unreadable: Sequence[Mapping[str, str]], settings: PhotoMatching) -> dict[str, Any]:
    """Group files whose pictures are the same.

    Args:
        hashes: file name to hashes (kind, 32 bytes, quality 0-100); the kind `whole` is compared.
        unreadable: files without hashes, with the reason.

    Returns:
        groups from links that stand alone, links with distance in bits, and the unreadable files.
    """
    names = sorted(hashes)
    whole = {name: next(((bits, quality) for kind, bits, quality in hashes[name] if kind == "whole"), None) for name in names}
    usable = [name for name in names if (found := whole[name]) is not None and found[1] >= settings.quality_min]
    stacked = as_array([found[0] for name in usable if (found := whole[name]) is not None])
    groups = Groups()
    links: list[dict[str, Any]] = []
    if len(usable) > 1:
        for near in nearest(stacked, stacked, most=settings.second_sign_max, skip_self_from=0):
            doubtful = near.distance > settings.alone_max
            links.append({"a": usable[near.right], "b": usable[near.left], "how": near.how, "distance": near.distance, "needs_second_sign": doubtful})
            if not doubtful:
                groups.join(names.index(usable[near.left]), names.index(usable[near.right]))
    members: dict[int, list[str]] = defaultdict(list)
    for number, name in enumerate(names):
        members[groups.of(number)].append(name)
    flat = [{"file": name, "why": "too little in the picture to compare"} for name in names if name not in usable]
    return {
        "groups": list(members.values()),
        "unreadable": [*map(dict, unreadable), *flat],
        "links": sorted(links, key=lambda link: (link["a"], link["b"])),
    }
