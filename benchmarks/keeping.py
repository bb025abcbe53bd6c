"""Keeping at size: an erasure, a backup, a restore drill and the thirty questions on made-up rows. Usage: python -m benchmarks.keeping [ADS]

Prints seconds as JSON. The rows are written straight into the store by SQL: what is measured is the keeping, not the reading. The questions are asked twice:
alone, and while an installation beside it on the same machine runs one night after the other.
"""

from __future__ import annotations

import json
import multiprocessing
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb

from pipeline.keeping import backup, carry_out
from pipeline.keeping.analyst import ask, open_sandbox
from pipeline.keeping.requests import open_wish, settle
from pipeline.keeping.restore import restore
from pipeline.keeping.wishes import open_wishes
from pipeline.store import open_store
from tests.keeping.world import START, Installation, ad

QUESTIONS = Path(__file__).resolve().parent.parent / "docs" / "questions.sql"
# Made-up rows in the proportions of the town: three ads a contact, one in five in a cluster, texts of some 300 characters.
ROWS = """
INSERT INTO ad SELECT range, 'exempel', 'https://exempel.example/' || range, 'escort', $at - to_days((range % 25)::INTEGER), $at, 'listed', range
FROM range($ads);
INSERT INTO ad_version (version_id, ad_id, seen_at, title, body) SELECT range, range, $at, 'Rubrik ' || range, repeat('Text om lugna stunder ', 14) || range
FROM range($ads);
INSERT INTO sighting SELECT range, range, $at FROM range($ads);
INSERT INTO ad_landed SELECT range, $at FROM range($ads);
INSERT INTO observed SELECT range, range, false, md5('n' || range), false FROM range($ads);
INSERT INTO contact SELECT range, range, 'phone', md5('c' || range // 3), 1.0, 'text', 0, 10, 1, '•••605' FROM range($ads);
INSERT INTO contact_vault SELECT md5('c' || range), 'phone', 'sealed'::BLOB FROM range($ads // 3 + 1);
INSERT INTO place SELECT range, range, (1200 + range % 290)::VARCHAR, 'text', 0, 4, true FROM range($ads);
INSERT INTO price SELECT range, range, 800 + 100 * (range % 15), 'SEK', 60, 'text', 0, 4 FROM range($ads);
INSERT INTO cue SELECT range, range, 'sv:client_screening_language:' || range % 9, 'client_screening_language', false, 'text', 0, 4, 'ord'
FROM range(0, $ads, 4);
INSERT INTO text_template SELECT range, range, range // 4, 300, '' FROM range($ads);
INSERT INTO persona SELECT range, md5('c' || range // 3), 'p' || range // 2, true FROM range($ads);
INSERT INTO cluster_member SELECT range, 'k-' || range // 12 FROM range($ads // 5);
INSERT INTO cluster SELECT cluster_id, $at, $at, count(*), 3 FROM cluster_member GROUP BY cluster_id;
INSERT INTO cluster_priority SELECT cluster_id, ['A', 'B', 'C', NULL][(1 + hash(cluster_id) % 4)::BIGINT], 5.0, 0.7, true, '', '{}', $at, 'v1' FROM cluster;
INSERT INTO finding SELECT 'f-' || cluster_id, 'shared_phone_multi_persona', cluster_id, cluster_id, 'strong', $at, 'En mening.', 'A sentence.' FROM cluster;
INSERT INTO finding_evidence SELECT 'f-' || cluster_id, ad_id, 'phone', '•••605' FROM cluster_member;
INSERT INTO link SELECT ad_id, ad_id + 1, 'phone', 7.0, md5('c' || ad_id // 3), true, 'a shared contact links alone' FROM cluster_member WHERE ad_id % 3 < 2;
"""


def fill(town: Installation, ads: int) -> None:
    """Write made-up rows into the store and publish them."""
    con = _store(town)
    for statement in con.extract_statements(ROWS):
        con.execute(statement, {name: {"ads": ads, "at": START}[name] for name in statement.named_parameters})
    carry_out.publish.run(con, carry_out.publish.publish_settings(town.home, town.settings.reading.number_words_of_all_languages()), START)
    carry_out.publish.swap(town.home.published, START)
    con.close()


def _store(town: Installation) -> duckdb.DuckDBPyConnection:
    return open_store(town.home.store, key=town.home.key("store"), spill=town.home.spill, memory_limit="3GB", threads=2)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that work takes."""
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 2)


def questions(town: Installation) -> list[float]:
    """Ask every ready question once; return the seconds of each."""
    asked = re.findall(r"-- \d+\. .+?\n(.+?;)\n", QUESTIONS.read_text("utf-8") + "\n", re.DOTALL)
    with open_sandbox(town.home) as con:
        return [timed(lambda question=question: ask(con, question)) for question in asked]  # type: ignore[misc]


def beside_a_night(folder: Path, work: Callable[[], list[float]]) -> list[float]:
    """Do something while a process of its own runs nights in an installation of its own; the first one is awaited, so that there is no pause before it."""
    busy = multiprocessing.get_context("spawn").Process(target=_nights, args=(folder,))
    busy.start()
    while not (folder / "busy").exists() and busy.is_alive():
        time.sleep(0.1)
    try:
        found = work()
        if not busy.is_alive():
            raise RuntimeError("the nights beside it ended by themselves")
        return found
    finally:
        busy.terminate()
        busy.join()


def _nights(folder: Path) -> None:
    town = Installation(folder)
    for number in range(10_000):
        seen = START + timedelta(days=number)
        town.night(seen, *(ad(number * 1000 + one, seen) for one in range(500)))
        (folder / "busy").touch()


def erase_one(town: Installation) -> dict[str, float]:
    """Erase the person of one contact; return the seconds until readers leave it out, and until it is deleted."""
    con = _store(town)
    contact = str(con.execute("SELECT md5('c7')").fetchall()[0][0])
    con.close()
    now = START + timedelta(days=1)
    with open_wishes(town.home) as book:
        wish = open_wish(book, "erase", contact_id=contact, kind="phone", key_epoch=1, personas=1, reason="brev", who="anna", now=now)
        settle(book, wish, granted=True, identity="legitimation", receipt="", who="dso", role="dpo", now=now)
    hidden = timed(lambda: carry_out.hide(town.home, wish, now=now))
    deleted = timed(lambda: carry_out.erase(town.home, town.settings, who="dso", now=now))
    return {"hidden_s": hidden, "deleted_s": deleted}


def main(ads: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        town = Installation(Path(folder) / "home")
        report: dict[str, object] = {"ads": ads, "fill_and_publish_s": timed(lambda: fill(town, ads))}
        asked = sorted(questions(town))
        report |= {"questions_p95_s": asked[int(len(asked) * 0.95)], "questions_slowest_s": asked[-1]}
        asked = sorted(beside_a_night(Path(folder) / "beside", lambda: questions(town)))
        report |= {"questions_beside_a_night_p95_s": asked[int(len(asked) * 0.95)], "questions_beside_a_night_slowest_s": asked[-1]}
        report |= erase_one(town)
        files: list[Path] = []
        report["backup_s"] = timed(lambda: files.append(backup.make(town.home, backup.folder_of(town.home), now=START)))
        report["backup_mb"] = round(files[0].stat().st_size / 1e6)
        report["restore_drill_s"] = timed(lambda: restore(town.home, files[0], now=START + timedelta(days=1), drill=True))
    print(json.dumps(report))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
