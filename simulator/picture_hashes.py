"""Hashes of drawn pictures as a crawl would land them: real ones where a town is small enough to draw it, made-up ones otherwise."""

from __future__ import annotations

import io
import random

import numpy as np
import pdqhash
from PIL import Image

from simulator.listing import Shown
from simulator.pictures import jpeg
from simulator.rates import rates

DRAFT = (384, 384)  # the crawler decodes a JPEG at the smallest scale that is not below this
BITS = 256
Hash = tuple[bytes, int]  # 32 bytes, most significant bit first, and a quality of 0-100


class PictureHashes:
    """The hashes of one town's pictures. A picture that is drawn is drawn once and then kept as its hash alone."""

    def __init__(self, seed: int, *, drawn: bool) -> None:
        """`drawn`: hash real drawings; without it identities get random hashes, as different as those of different photographs."""
        self._seed, self._drawn = seed, drawn
        self._bases: dict[int, Hash] = {}

    def of(self, shown: Shown, *, exact: bool) -> Hash:
        """Return the hash of a picture as an ad shows it.

        Args:
            exact: change and hash the picture itself instead of turning as many bits as such a change usually turns.
        """
        if exact and self._drawn and shown.variant != "same":
            return hash_jpeg(jpeg(shown.identity, shown.variant, shown.turn, seed=self._seed))
        bits, quality = self._base(shown.identity)
        return _flipped(bits, shown), quality

    def _base(self, identity: int) -> Hash:
        if identity not in self._bases:
            if self._drawn:
                self._bases[identity] = hash_jpeg(jpeg(identity, "same", 0, seed=self._seed))
            else:
                self._bases[identity] = (random.Random(f"hash {self._seed} {identity}").randbytes(BITS // 8), 100)
        return self._bases[identity]


def hash_jpeg(content: bytes) -> Hash:
    """Return the PDQ hash of a JPEG, decoded as the crawler decodes it."""
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("RGB", DRAFT)
        bits, quality = pdqhash.compute(np.asarray(picture.convert("RGB")))
    return np.packbits(bits).tobytes(), int(max(0, min(100, quality)))


def _flipped(bits: bytes, shown: Shown) -> bytes:
    """Turn as many bits as such a change of a picture usually turns, the same ones each time."""
    least, usual, most = rates().flips[shown.variant]
    if most == 0:
        return bits
    chance = random.Random(shown.turn)
    value = int.from_bytes(bits, "big")
    for place in chance.sample(range(BITS), round(chance.triangular(least, most, usual))):
        value ^= 1 << place
    return value.to_bytes(BITS // 8, "big")
