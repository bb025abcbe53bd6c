"""A town with five planted switchboards: how large the largest cluster gets, and whether each switchboard was found out.

    python -m benchmarks.link_hubs [SEED] [ADS] [SHARE]      developing seeds are 1 to 99; 3,000 ads, each number in 5 % of them, by default

At seed 7 with 3,000 ads, numbers in 12 ads or more link nobody and precision stays .9985; in 7 ads, four of five do, and it is .9115. Before
numbers of strangers were told by what else their ads share, 13 ads each were enough for .3267.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from pathlib import Path

import duckdb

from benchmarks.worlds import AS_OF, run_night, scratch, town_home
from pipeline import cluster, link, persona
from pipeline.evaluate import b_cubed, pairwise
from pipeline.home import Home
from pipeline.link_named import with_named
from pipeline.settings import read_settings
from pipeline.store import open_store

SWITCHBOARDS = 5
SHARE = 0.05  # of the town's ads show each of them, where nothing else is asked for
CONTACT = "INSERT INTO contact SELECT version_id, ad_id, 'phone', ?, 1.0, 'body', 0, 9, 0, '' FROM observed WHERE ad_id IN (SELECT unnest(?::BIGINT[]))"


def measure(seed: int = 1, ads: int = 3000, share: float = SHARE) -> dict[str, float]:
    """Return the largest cluster's share of ads, how many switchboards never linked, and precision and recall, before planting and after."""
    with scratch() as folder:
        home, truth = town_home(folder, seed=seed, ads=ads)
        run_night(home)
        return measure_home(home, truth, seed=seed, share=share)


def measure_home(home: Home, truth: Path, *, seed: int, share: float) -> dict[str, float]:
    """Plant the switchboards in an installation whose night is over, and measure; its store is left as it was."""
    groups = {(row["site"], row["url"]): row["group"] for row in map(json.loads, truth.read_text("utf-8").splitlines())}
    con = open_store(home.store, key=home.key("store"), spill=home.spill)
    try:
        before = _figures(con, groups, "before")
        con.execute("BEGIN")
        _plant(con, random.Random(seed), share)
        settings = read_settings(home).linking
        persona.run(con, settings.persona, AS_OF)
        link.run(con, with_named(settings.link, bytes.fromhex(home.key("pseudonym"))), AS_OF)
        cluster.run(con, settings.cluster, AS_OF)
        found = con.execute("SELECT count(*) FROM excluded WHERE kind = 'contact' AND id LIKE 'planted%'").fetchall()[0][0]
        after = _figures(con, groups, "after")
        con.execute("ROLLBACK")
        return {"switchboards_found": float(found), **before, **after}
    finally:
        con.close()


def _plant(con: duckdb.DuckDBPyConnection, chance: random.Random, share: float) -> None:
    known = [row[0] for row in con.execute("SELECT ad_id FROM observed WHERE NOT minor ORDER BY ad_id").fetchall()]
    for number in range(SWITCHBOARDS):
        con.execute(CONTACT, [f"planted{number}", chance.sample(known, int(len(known) * share))])


def _figures(con: duckdb.DuckDBPyConnection, groups: dict[tuple[str, str], str], when: str) -> dict[str, float]:
    members: dict[int, str] = dict(con.execute("SELECT ad_id, cluster_id FROM cluster_member").fetchall())
    ads = con.execute("SELECT ad_id, site, url FROM ad ORDER BY ad_id").fetchall()
    true = {ad_id: groups[(site, url)] for ad_id, site, url in ads if (site, url) in groups}
    ours = {ad_id: members.get(ad_id, f"alone {ad_id}") for ad_id in true}
    pairs = pairwise(ours, true)
    return {
        f"largest_share_{when}": round(max(Counter(members.values()).values(), default=0) / max(1, len(ads)), 4),
        f"precision_{when}": round(pairs["precision"], 4),
        f"recall_{when}": round(pairs["recall"], 4),
        f"b_cubed_f1_{when}": round(b_cubed(ours, true)["f1"], 4),
    }


if __name__ == "__main__":
    print(measure(*(kind(word) for kind, word in zip((int, int, float), sys.argv[1:], strict=False))))
