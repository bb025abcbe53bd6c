"""In a live installation doctor says when nobody could open an ad of a possible minor, and when a site could not reach us."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from cli.doctor import CHECKS
from pipeline import setup
from pipeline.home import create_home
from pipeline.keeping.wishes import open_wishes
from tests.keeping.world import START


def test_the_named_officer_has_an_account_and_the_crawler_an_address(tmp_path: Path) -> None:
    home = create_home(tmp_path / "home", kind="live")
    setup.write_legal_basis(home, controller="Exempelstads kommun", officer="sara", import_days=365, today=date(2026, 9, 1))
    assert "no active account as safeguarding" in CHECKS["named officer"](home)
    assert "Sites cannot reach you" in CHECKS["address for sites"](home)
    with open_wishes(home) as book:
        book.add_user("sara", role="safeguarding", organisation="kommunen", password="ett ganska långt lösenord", note_signed=True, now=START)
    config = home.config / "lykta.toml"
    config.write_text(re.sub(r"contact address in legal_basis", "lykta@exempelstad.example", config.read_text("utf-8")), "utf-8")
    assert (CHECKS["named officer"](home), CHECKS["address for sites"](home)) == ("", "")
