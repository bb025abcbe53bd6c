"""Config is read in one place, and every mistake in every file is said at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline import setup
from pipeline.failure import Exit, Failure
from pipeline.home import create_home
from pipeline.settings import missing_legal_basis, read_settings

SITE = """
site = "exempel"
fetcher = "http"
hosts = ["exempel.example"]
start = ["https://exempel.example/"]
ad_links = "a.ad::attr(href)"
legal_note = "beslut 1"
[fields.title]
css = "h1::text"
required = true
"""


def test_the_shipped_config_has_no_mistake(tmp_path: Path) -> None:
    home = create_home(tmp_path / "stad", kind="demo")
    (home.config / "sites" / "exempel.toml").write_text(SITE)
    settings = read_settings(home)
    assert [site.site for site in settings.sites] == ["exempel"]
    assert len(settings.lexicon.phrases) == 347


def test_all_mistakes_in_all_files_are_listed_at_once(tmp_path: Path) -> None:
    home = create_home(tmp_path / "stad", kind="demo")
    broken = SITE.replace("a.ad::attr(href)", "a[").replace("[fields.title]", "[fields.titel]").replace('"http"', '"ftp"')
    (home.config / "sites" / "exempel.toml").write_text(broken)
    linking = home.config / "linking.toml"
    linking.write_text(linking.read_text().replace("alone_max ", "alone_mux "))
    with pytest.raises(Failure) as refused:
        read_settings(home)
    said = "\n".join(refused.value.sentences)
    assert refused.value.code == Exit.MISSING
    for words in (
        "config/linking.toml photos: alone_mux is not a key here; did you mean alone_max?",
        "config/sites/exempel.toml: [fields.titel] is not a field of an ad; did you mean title?",
        'config/sites/exempel.toml: fetcher = "ftp"',
        "config/sites/exempel.toml: ad_links does not parse",
        "[fields] has neither title nor body",
    ):
        assert words in said


def test_a_live_installation_has_no_legal_basis_until_somebody_writes_it(tmp_path: Path) -> None:
    live, research = create_home(tmp_path / "live", kind="live"), create_home(tmp_path / "research", kind="research")
    for home in (live, research):
        setup.write_legal_basis(home, controller="Exempelstad", officer="Olle", import_days=30, today=date(2026, 11, 23))
    assert len(missing_legal_basis(read_settings(live).general, date(2026, 11, 23))) == 6
    general = read_settings(research).general
    assert missing_legal_basis(general, date(2026, 11, 23)) == []
    assert (general.safeguarding.officer, general.retention.import_days) == ("Olle", 30)
    assert missing_legal_basis(general, date(2028, 1, 1)) == [
        "config/lykta.toml [legal_basis]: review_date 2027-11-23 has passed; review the decision and set a new date"
    ]
