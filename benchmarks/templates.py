"""How well and how fast texts of one template are found, beside datasketch with the same grams and the same verification on the same ads.

`python -m benchmarks.templates [ADS] [SEED]` prints the table for so many ads (10,000) and the CPU seconds for five times as many.
"""

from __future__ import annotations

import functools
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence

from datasketch import MinHash, MinHashLSH
from rapidfuzz import fuzz

from benchmarks.template_ads import TemplateAd, made
from pipeline.home import SHIPPED_CONFIG
from pipeline.linking_settings import TextMatching
from pipeline.match.grouping import partition
from pipeline.match.groups import Groups
from pipeline.match.sketches import GRAM
from pipeline.match.texts import mask
from pipeline.settings import read_shipped

ADS, MORE = 10_000, 5  # ads of a table; times as many for the CPU seconds
JUDGING = 100
RATES = (0, 5, 10, 20, 30)  # per cent of words changed
THREES = (3, 3)
PEER_FROM, PEER_PERMUTATIONS = 0.5, 128  # Jaccard likeness that the peer's index asks for; its minima

PEER_LIKE = 70.0  # likeness of sorted words that the peer's verification asks for: its best on these ads

Partition = Callable[[Sequence[str], TextMatching], Sequence[int]]


def measure(ads: int = ADS, seed: int = JUDGING) -> dict[str, float]:
    """Return agreement with the truth at each rate of change, of templates of three, and CPU seconds of `ads` times five; the peer's beside."""
    figures: dict[str, float] = {}
    for rate in RATES:
        figures |= _compared(f"_{rate}", made(seed, ads, changed=rate / 100), peer=True)
    figures |= _compared("_threes", made(seed + 1, ads, changed=None, sizes=THREES), peer=True)
    figures["pair_precision"] = min(value for name, value in figures.items() if name.startswith("pair_precision_"))
    many = [ad.text for ad in made(seed + 2, ads * MORE, changed=None)]
    figures["cpu_s"], figures["peer_cpu_s"] = (_cpu(way, many) for way in (partition, by_datasketch))
    return figures | {"cpu_ratio": figures["cpu_s"] / figures["peer_cpu_s"]}


def _compared(name: str, ads: Sequence[TemplateAd], *, peer: bool) -> dict[str, float]:
    figures: dict[str, float] = {}
    truth = [ad.template for ad in ads]
    masked = [mask(ad.text) for ad in ads]
    for prefix, way in (("", partition), ("peer_", by_datasketch))[: 1 + peer]:
        agreed = agreement(truth, way(masked, settings()))
        figures |= {f"{prefix}{key}{name}": value for key, value in agreed.items()}
    return figures


@functools.cache
def settings() -> TextMatching:
    """Return the shipped settings."""
    return read_shipped(SHIPPED_CONFIG).linking.texts


def by_datasketch(masked: Sequence[str], _: TextMatching) -> list[int]:
    """Group as one would with datasketch: its MinHash over the same grams, its index at 0.5, the same verification, components."""
    index, sketches = MinHashLSH(threshold=PEER_FROM, num_perm=PEER_PERMUTATIONS), list[MinHash]()
    for place, text in enumerate(masked):
        hashed = MinHash(num_perm=PEER_PERMUTATIONS)
        hashed.update_batch([text[at : at + GRAM].encode() for at in range(max(1, len(text) - GRAM + 1))])
        index.insert(place, hashed)
        sketches.append(hashed)
    groups, ordered = Groups(), [" ".join(sorted(text.split())) for text in masked]
    for place, hashed in enumerate(sketches):
        for other in index.query(hashed):
            if other < place and groups.of(other) != groups.of(place) and fuzz.ratio(ordered[other], ordered[place]) >= PEER_LIKE:
                groups.join(other, place)
    return [groups.of(place) for place in range(len(masked))]


def agreement(truth: Sequence[int], found: Sequence[int]) -> dict[str, float]:
    """Return the adjusted Rand index (ari), B-cubed F1 over the ads that share a template (b3h), and the precision of pairs.

    Args:
        truth, found: the group of each ad; a negative true group is an ad of its own.
    """
    both, wanted, got = Counter(zip(truth, found, strict=True)), Counter(truth), Counter(found)
    together, in_truth, in_found = (sum(math.comb(count, 2) for count in counts.values()) for counts in (both, wanted, got))
    expected = in_truth * in_found / math.comb(len(truth), 2)
    shared = [(both[true, name] / got[name], both[true, name] / wanted[true]) for true, name in zip(truth, found, strict=True) if true > 0]
    precision, recall = (sum(column) / len(shared) for column in zip(*shared, strict=True))
    return {
        "ari": (together - expected) / ((in_truth + in_found) / 2 - expected),
        "b3h": 2 * precision * recall / (precision + recall),
        "pair_precision": together / in_found if in_found else 1.0,
        "largest_share": max(got.values()) / len(found),
    }


def _cpu(way: Partition, texts: Sequence[str]) -> float:
    """Return the CPU seconds of all threads from texts to groups, masking included."""
    start = time.process_time()
    way([mask(text) for text in texts], settings())
    return time.process_time() - start


def main() -> int:
    """Print every figure."""
    numbers = [int(argument) for argument in sys.argv[1:]]
    for name, value in measure(*numbers).items():
        print(f"{name:<28} {value:10.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
