"""`lykta simulate`: a town as landing files, as an import file, or as three sites on loopback."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from simulator.files import write_import, write_truth
from simulator.land import land_town
from simulator.serve import read_modes, serving, up_on_last_night
from simulator.town import Plan, town_of

Say = Callable[[str], None]


def simulate(
    out: Path,
    *,
    seed: int,
    ads: int,
    nights: int,
    until: str,
    as_import: bool,
    serve: bool,
    limit: int,
    modes: list[str],
    key: str | None,
    say: Say,
    without_last: bool = False,
) -> None:
    """Make a town of `ads` distinct ads over `nights` nights that end on `until` (YYYY-MM-DD), and write it below `out`.

    Args:
        as_import: import.jsonl and pictures/ of the last night, at most `limit` ads (0: all).
        serve: the same ads on three sites until a signal asks to stop; ready.json is written last.
        modes: misbehaviours while serving, such as `torget=slow`.
        key: 64 hex digits for landing files, which are written when neither of the above is asked for.
        without_last: leave the last night out of the landing files; the truth covers it all the same.

    Raises:
        ValueError: no ads or nights, a date or a mode that cannot be read, or no key for landing files.
    """
    if ads < 1 or nights < 1:
        raise ValueError("a town has at least one ad and one night")
    read_modes(modes)
    plan = Plan(seed=seed, ads=ads, nights=nights, until=date.fromisoformat(until))
    out.mkdir(parents=True, exist_ok=True)
    if not as_import and not serve:
        if key is None:
            raise ValueError("landing files need the key of the installation that will read them")
        land_town(out, plan, key=key, without_last=without_last, say=say)
        return
    listings = town_of(plan)
    write_truth(out / "truth.jsonl", listings)
    if as_import:
        up = up_on_last_night(listings, plan, limit)
        write_import(out, up, plan)
        say(f"{out / 'import.jsonl'}: {len(up)} ads of {until}, pictures beside it; truth in truth.jsonl.")
    if serve:
        with _StopSignals() as stop, serving(listings, plan, limit=limit, modes=modes) as running:
            (out / "sites").mkdir(exist_ok=True)
            for name, site in running.items():
                (out / "sites" / f"{name}.toml").write_text(site.config, "utf-8")
            _write_whole(out / "ready.json", json.dumps({"sites": {name: site.base for name, site in running.items()}}))
            say("Made-up sites: " + ", ".join(f"{name} {site.base}" for name, site in running.items()) + ". Stop with Ctrl-C.")
            stop.wait()


def _write_whole(path: Path, content: str) -> None:
    """Write a file so that whoever waits for it never sees half of it."""
    beside = path.with_suffix(".new")
    beside.write_text(content, "utf-8")
    os.replace(beside, path)


class _StopSignals:
    """Turn SIGINT and SIGTERM into an event for as long as the block lasts."""

    def __enter__(self) -> threading.Event:
        event = threading.Event()
        self._before = {number: signal.signal(number, lambda *_: event.set()) for number in (signal.SIGINT, signal.SIGTERM)}
        return event

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)
