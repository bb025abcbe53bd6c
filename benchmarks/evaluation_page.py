"""The page docs/EVALUATION.md, written from what the towns gave; never by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

Town = Mapping[str, Any]
ALONE = ("independent", "independent_touring", "friends_phone", "friends_flat", "no_contact")
INTRO = """# Does it help, does it harm

Written by `python -m benchmarks.evaluation`; the towns, their actors and what they are worth as evidence: [SIMULATOR.md](SIMULATOR.md). **No figure
here is a figure about real ads.** What the catalogue cannot reach, and why: [LIMITS-indicators.md](LIMITS-indicators.md).
"""
MISSING = (
    "Missing evidence: *families*: signs of one family alone, where the gate asks for two; *points*: two families, and below four points; *structure*: too "
    "little of it is structural; *held*: they say openly that they work together; *split*: the ads lie in several clusters; *not linked*: in none. "
    "*Read all the same*: an ad of such a group goes to a person the same day (possible coercion) or to the child route, whatever the band."
)
ABLATED = (
    "The same stores judged again without one thing. *No link by*: that contact links nothing, and still counts as a sign. *No photo*, *no template*: "
    "pictures or texts are not there at all. *No family*: its signs give no points. Means over the towns; small differences are noise."
)
ABLATION_COLUMNS = ("pairwise_precision", "pairwise_recall", "b_cubed_f1", "groups_found", "controlled_of_banded", "controlled_of_a_and_b", "alone_in_a_band")
UNREACHED = ("debt", "passed", "weekly_phone")  # see docs/LIMITS-indicators.md, which names what is missing for each


def write_page(path: Path, towns: Sequence[Town]) -> None:
    """Write the page of these towns."""
    path.write_text(page(towns), "utf-8")


def page(towns: Sequence[Town]) -> str:
    """Return the page as Markdown."""
    parts = [INTRO, _which(towns), *_against_floors(towns), *_by_kind(towns), *_curve(towns), *_ablations(towns)]
    return "\n".join(parts) + "\n"


def _which(towns: Sequence[Town]) -> str:
    seeds = sorted(town["seed"] for town in towns)
    sort = (
        "judging seeds, looked at by nobody while rules were made"
        if all(seed >= 100 for seed in seeds)
        else "**developing seeds: rules were made looking at them**"
    )
    groups = sum(row["large_groups"] for town in towns for row in town["by_kind"] if row["controlled"])
    return (
        f"{len(towns)} towns of {towns[0]['ads']:,} ads over 30 nights, seeds {', '.join(map(str, seeds))} ({sort}), {groups} controllers' groups of four ads "
        "or more. A town is one draw: of its few groups of a kind one more or less is several points. Ten towns of 20,000 ads hold about 2,000 such "
        "groups, which puts a share of 0.85 within two points; mean and worst town are both shown.\n"
    )


def _floors() -> list[tuple[str, Callable[[Town], float], float | None, bool]]:
    """Return what is measured, how it is read off a town, its floor (None where none was set), and whether more is better."""
    return [
        ("pairwise precision", lambda town: town["pairwise"]["precision"], 0.99, True),
        ("pairwise recall", lambda town: town["pairwise"]["recall"], 0.90, True),
        ("B-cubed F1", lambda town: town["b_cubed"]["f1"], 0.95, True),
        ("precision at 25 of the queue", lambda town: town["precision_at"]["25"], 0.92, True),
        ("controllers' groups of 4+ ads in a band by night 30", lambda town: town["controlled_groups_found"], 0.85, True),
        ("the same, kinds that the catalogue cannot reach alone left out", reachable_share, 0.85, True),
        ("in a band, or an ad of theirs reached by the urgent lane", _read_share, None, True),
        ("people on their own and friends in band A (count)", lambda town: float(alone_in(town, "A")), 0.0, False),
        ("people on their own and friends in any band (share)", alone_share, 0.03, False),
    ]


def alone_in(town: Town, band: str) -> int:
    """Count people on their own and friends who share something in a band."""
    return sum(int(row["bands"][band]) for row in town["by_kind"] if row["kind"] in ALONE)


def alone_share(town: Town) -> float:
    """Return the share of them that is in any band, 0-1."""
    rows = [row for row in town["by_kind"] if row["kind"] in ALONE]
    return sum(int(row["in_band"]) for row in rows) / max(1, sum(int(row["groups"]) for row in rows))


def reachable_share(town: Town) -> float:
    """Return the share of controllers' groups of four ads or more that are in a band, of the kinds that the catalogue can reach alone, 0-1."""
    rows = [row for row in town["by_kind"] if row["controlled"] and row["kind"] not in UNREACHED]
    return sum(int(row["large_in_band"]) for row in rows) / max(1, sum(int(row["large_groups"]) for row in rows))


def _read_share(town: Town) -> float:
    """Return the share of controllers' groups of which a person reads something: by their band, or the same day for a possible cry for help."""
    rows = [row for row in town["by_kind"] if row["controlled"]]
    return sum(int(row["large_in_band"]) + int(row["large_urgent"]) for row in rows) / max(1, sum(int(row["large_groups"]) for row in rows))


def _against_floors(towns: Sequence[Town]) -> list[str]:
    lines = [
        "## Against the floors, and beside an afternoon's work",
        "",
        "| what | mean | worst town | floor | | an afternoon's work, mean |",
        "|---|---|---|---|---|---|",
    ]
    for name, read, floor, more in _floors():
        values = [read(town) for town in towns]
        worst = min(values) if more else max(values)
        lines.append(f"| {name} | {mean(values):.3f} | {worst:.3f} | {_verdict(mean(values), floor, more=more)} | {_peer(towns, name)} |")
    return [*lines, ""]


def _verdict(value: float, floor: float | None, *, more: bool) -> str:
    """Return the cells of a floor and of whether it holds."""
    if floor is None:
        return " | "
    return f"{floor:g} | {'holds' if (value >= floor if more else value <= floor) else '**short**'}"


def _peer(towns: Sequence[Town], name: str) -> str:
    """Return what components over equal phone numbers give, by the same measure, where they have it."""
    places = {
        "pairwise precision": ("pairwise", "precision"),
        "pairwise recall": ("pairwise", "recall"),
        "B-cubed F1": ("b_cubed", "f1"),
        "precision at 25 of the queue": ("precision_at", "25"),
    }
    if name not in places:
        return ""
    part, key = places[name]
    return f"{mean(town['baseline_shared_phone'][part][key] for town in towns):.3f}"


def _by_kind(towns: Sequence[Town]) -> list[str]:
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for town in towns:
        for row in town["by_kind"]:
            rows.setdefault(row["kind"], []).append(row)
    controlled = {kind: found for kind, found in rows.items() if found[0]["controlled"]}
    lines = [
        "## Controllers, by kind", "", "| kind | groups of 4+ ads | in a band | A, B, C | missing evidence | read all the same |", "|---|---|---|---|---|---|",
        *(_found_line(kind, found) for kind, found in sorted(controlled.items())), "", MISSING, "",
        "## Everybody else, by kind", "", "| kind | advertisers | in a band | A, B, C | by which signs |", "|---|---|---|---|---|",
    ]  # fmt: skip
    others = [(kind, found) for kind, found in sorted(rows.items()) if kind not in controlled]
    return [*lines, *(_flagged_line(kind, found) for kind, found in others), ""]


def _summed(found: Sequence[Mapping[str, Any]], name: str) -> str:
    counts: Counter[str] = Counter()
    for row in found:
        counts.update(row[name])
    return ", ".join(f"{what} {count}" for what, count in counts.most_common(5))


def _bands(found: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(str(sum(row["bands"][band] for row in found)) for band in ("A", "B", "C"))


def _found_line(kind: str, found: Sequence[Mapping[str, Any]]) -> str:
    many, seen = sum(row["large_groups"] for row in found), sum(row["large_in_band"] for row in found)
    return f"| {kind} | {many} | {seen / max(1, many):.2f} | {_bands(found)} | {_summed(found, 'missing')} | {_summed(found, 'read_otherwise')} |"


def _flagged_line(kind: str, found: Sequence[Mapping[str, Any]]) -> str:
    many, seen = sum(row["groups"] for row in found), sum(row["in_band"] for row in found)
    return f"| {kind} | {many} | {seen / max(1, many):.3f} | {_bands(found)} | {_summed(found, 'flagged_by')} |"


def _in_full(towns: Sequence[Town]) -> tuple[list[Town], str]:
    """Return the towns that were not measured in short, and a sentence that names them where they are not all."""
    full = [town for town in towns if town["ablations"]]
    seeds = ", ".join(str(town["seed"]) for town in full)
    return full, "" if len(full) == len(towns) else f" Measured in the town of seed {seeds} alone."


def _curve(towns: Sequence[Town]) -> list[str]:
    """Lay out which share of each kind's groups has been in a band after so many nights."""
    full, where = _in_full(towns)
    firsts: dict[str, list[int | None]] = {}
    for town in full:
        for kind, nights in town["first_seen"].items():
            firsts.setdefault(kind, []).extend(nights)
    if not firsts:
        return []
    looks = sorted({night for found in firsts.values() for night in found if night is not None})
    shown = f"Share of controllers' groups of four ads or more that have been in a band by the night.{where}"
    lines = ["## Nights until a group is seen", "", shown, ""]
    lines += ["| kind | groups | " + " | ".join(f"night {night}" for night in looks) + " |", "|---|---|" + "---|" * len(looks)]
    for kind, found in sorted(firsts.items()):
        shares = [sum(night is not None and night <= look for night in found) / len(found) for look in looks]
        lines.append(f"| {kind} | {len(found)} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")
    return [*lines, ""]


def _ablations(towns: Sequence[Town]) -> list[str]:
    full, where = _in_full(towns)
    if not full:
        return []
    lines = ["## What each sign is worth", "", ABLATED + where, "", "| | " + " | ".join(name.replace("_", " ") for name in ABLATION_COLUMNS) + " |"]
    lines.append("|---|" + "---|" * len(ABLATION_COLUMNS))
    for name in full[0]["ablations"]:
        means = [mean(town["ablations"][name][column] for town in full) for column in ABLATION_COLUMNS]
        lines.append(f"| {name} | " + " | ".join(f"{value:.3f}" for value in means) + " |")
    return lines
