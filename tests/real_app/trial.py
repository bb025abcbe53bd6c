"""`make try-app`: teach a JavaScript application by its address and crawl it whole, with no change to any code. Usage: trial [entries]"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import cli
from cli.terminal import print_lines, say
from crawler.records.duckdb_file import attach, connect
from pipeline.home import Home, find_home
from tests.real_app.serving import fill, install, serving

FOLDER = Path(__file__).parents[2] / "data" / "real-app"
ENTRIES = 300
NOTE = "Påhittade texter i ett program på den egna datorn. Inga personuppgifter."
Landed = dict[str, tuple[str, str]]


def main(entries: int) -> int:
    """Set it up, teach it, crawl it, and print what came of it. Returns 0 when every entry was read with its heading and text, else 3."""
    say("Installing the application (once) ...")
    install(FOLDER)
    shutil.rmtree(FOLDER / "home", ignore_errors=True)
    with serving(FOLDER) as base:
        made = fill(base, entries)
        say(f"It runs at {base} with {entries} made-up entries.")
        steps = [
            _step("lykta init", "init", str(FOLDER / "home"), "--for", "demo", "--controller", "Exempelstads kommun"),
            _step("lykta sites new --browser", "sites", "new", base + "/", "--site", "anslag", "--browser", "--home", str(FOLDER / "home")),
        ]
        home = find_home(FOLDER / "home")
        file = home.config / "sites" / "anslag.toml"
        file.write_text(file.read_text("utf-8").replace('legal_note = ""', f'legal_note = "{NOTE}"'), "utf-8")
        steps.append(_step("lykta crawl", "crawl", "anslag", "--home", str(home.root)))
    landed = _landed(home)
    whole = sum(address in landed and landed[address][0] == heading and text in landed[address][1] for address, (heading, text) in made.items())
    print_lines([f"{words}: {seconds:.0f} s, exit {code}" for words, code, seconds in steps])
    print_lines([f"entries {entries}, read {len(landed)}, with heading and text {whole}", "", *file.read_text("utf-8").splitlines()])
    return 0 if whole == entries == len(landed) else 3


def _step(words: str, *arguments: str) -> tuple[str, int, float]:
    began = time.monotonic()
    code = cli.run(list(arguments))
    return words, code, time.monotonic() - began


def _landed(home: Home) -> Landed:
    con = connect(memory_limit="256MB", threads=1)
    try:
        (path,) = home.landing.glob("anslag-*.duckdb")
        attach(con, path, name="landing", key=home.key("landing"), read_only=True)
        return {url: (title, body) for url, title, body in con.execute("SELECT url, title, body FROM landing.ad_seen").fetchall()}
    finally:
        con.close()


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES))
