"""Names of the parts of a picture that are hashed: the contract between hashing and comparing."""

from __future__ import annotations

HASH_BYTES = 32  # a PDQ hash of 256 bits, most significant bit first
QUALITY_MIN = 50  # PDQ quality of 0-100; flat parts of a picture match falsely and get no hash

# The picture itself: as it came, inside its border, inside the page it stands in. Asked against all that is known.
FIRST = ("whole", "trimmed", "framed")
WHOLE = (*FIRST, "square")  # and its middle square, which pages and collages show

# Windows stand where a crop of a random size at a random place is nearest to one of them: shares of both sides, and where the rest is
# cut away (0 all on the right or below, 1 all on the left or above). Windows in the corners find half as many random crops.
ACROSS, DOWN = ("left", "middle", "right"), ("upper", "middle", "lower")
WINDOWS: dict[str, tuple[float, float, float]] = {
    **{f"93 % {DOWN[y]} {ACROSS[x]}": (0.93, (0.2, 0.5, 0.8)[x], (0.2, 0.5, 0.8)[y]) for x in (0, 2) for y in (0, 2)},
    **{f"86 % {DOWN[y]} {ACROSS[x]}": (0.86, (0.15, 0.5, 0.85)[x], (0.15, 0.5, 0.85)[y]) for x in (0, 1, 2) for y in (0, 1, 2)},
    "80 % middle": (0.80, 0.5, 0.5),
    "70 % middle": (0.70, 0.5, 0.5),
}

# Forms in which a picture is asked for, never matched with one another: turned a little, and the halves of a collage.
TURNS = {f"turned {turn:+d}": turn for turn in (-6, -3, 3, 6)}  # degrees
HALVES = ("left half", "right half", "upper half", "lower half")

KINDS = (*WHOLE, *WINDOWS, *TURNS, *HALVES)
