"""From an address to a config, by commands: what they write, and what they refuse."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

import crawler.pages
from crawler.pages import own_reader
from crawler.parse import Page, parse_ad
from crawler.records.site import FieldRule, SiteConfig
from tests.cli.world import json_of, run
from tests.crawler.small_site import small_site
from tests.crawler.test_teach_check import shop


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("teach") / "home"
    assert run("init", str(folder), "--for", "demo", "--controller", "Exempelstads kommun")[0] == 0
    return folder


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["https://exempel.example/annonser"], 7, "a demo installation looks at made-up sites on this machine only"),
        (["http://127.0.0.1:9/"], 2, "name the site with small letters"),
        (["http://127.0.0.1:9/", "--site", "../../etc"], 2, "name the site with small letters"),
        (["file:///etc/passwd", "--site", "fil"], 2, "Write the whole address"),
    ],
)
def test_an_address_that_may_not_be_looked_at_is_refused_before_anything_is_asked(home: Path, words: list[str], code: int, says: str) -> None:
    got, _, err = run("sites", "new", *words, "--home", str(home))
    assert (got, says in err, list((home / "config" / "sites").iterdir())) == (code, True, [])


def test_a_site_is_taught_and_kept_by_commands_and_read_only_with_a_ground(home: Path) -> None:
    at = ("--home", str(home))
    file = home / "config" / "sites" / "exempel.toml"
    with small_site(shop()) as site:
        taught = json_of("sites", "new", f"{site.base}/", "--site", "exempel", *at)
        assert (taught["site"], [row["field"] for row in taught["fields"]]) == ("exempel", ["title", "body", "price", "phones"])
        assert taught["saved"] == ["list-1", "ad-1", "ad-2", "ad-3", "ad-4", "ad-5"]
        asked = list(site.asked)
        assert (asked[:3], len(asked)) == (["/robots.txt", "/.well-known/tdmrep.json", "/"], 8)
        code, _, err = run("crawl", "exempel", *at)
        assert (code, "legal_note is empty" in err) == (7, True)
        assert run("sites", "new", f"{site.base}/", "--site", "exempel", *at)[::2] == (
            7, f"{file} exists, and nothing is overwritten. Move it away, or choose another --site.\n",
        )  # fmt: skip
        assert site.asked == asked
        file.write_text(file.read_text("utf-8").replace('legal_note = ""', 'legal_note = "Påhittat"'), "utf-8")
        kept = json_of("sites", "save", "exempel", f"{site.base}/annons/7", *at)
        assert (kept["saved"], kept["kind"], sorted(kept["expected"])) == ("ad-6", "ad", ["body", "phones", "price", "title"])
    rows = {row["field"]: (row["found"], row["saved"], row["advice"]) for row in json_of("sites", "check", "exempel", "--saved", *at)["fields"]}
    fields = dict.fromkeys(("title", "body", "price", "phones"), ("0 of 0 ads", "6 of 6 pages", ""))
    assert rows == fields | {"ad_links": ("on 0 of 0 lists", "1 of 1 pages", "")}
    saved = "".join(path.read_text("utf-8") for path in (home / "config" / "sites" / "exempel").iterdir())
    assert not re.search(r"lugn|stund|Påhittad", saved) and "070-174 06" in saved


def test_a_site_of_its_own_make_is_read_by_one_function_found_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "helt_egen.py").write_text(
        "from dataclasses import replace\n"
        "from crawler.parse import read_ad\n"
        "def parse_ad(page, site, seen_at):\n"
        "    ad = read_ad(page, site, seen_at)\n"
        "    return replace(ad, price=ad.body[::-1])\n"
    )
    monkeypatch.setattr(crawler.pages, "__path__", [str(tmp_path)])
    own_reader.cache_clear()
    site = SiteConfig(site="helt-egen", fetcher="http", hosts=(), start=(), fields=(FieldRule(name="title", css="h1"), FieldRule(name="body", css="p")))
    page = Page(url="https://exempel.example/1", text="<h1>Hej</h1><p>rk 005</p>")
    assert (parse_ad(page, site, datetime(2026, 11, 23)).price, own_reader("exempel"), own_reader("../etc")) == ("500 kr", None, None)
    own_reader.cache_clear()
