"""A cluster outside the municipalities served, listed as counts and handed over on the record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cli.handing_over import hand_over_as
from pipeline.home import find_home
from pipeline.keeping.disclosures import disclosures
from pipeline.keeping.wishes import open_wishes
from tests.cli.world import PASSWORD, json_of, run

NOW = datetime(2026, 9, 20, 9)


def test_a_cluster_elsewhere_is_handed_over_and_stands_on_the_disclosure_record(home: Path) -> None:
    place, at = find_home(home), ["--home", str(home)]
    assert run("elsewhere", *at)[0] == 4, "where every municipality is served there is no elsewhere"
    config = home / "config" / "outreach.toml"
    config.write_text(config.read_text("utf-8").replace("municipalities = []", 'municipalities = ["2584"]'), "utf-8")
    (row,) = json_of("elsewhere", *at)["rows"]
    assert (row["ads"], row["municipalities"], row["handed_to"]) == (12, ["1280", "1281", "1283"], "")
    assert run("queue", *at)[0] == 4
    with open_wishes(place) as book:
        book.add_user("anna", role="coordinator", organisation="kommunen", password=PASSWORD, note_signed=True, now=NOW)
    given = hand_over_as(place, "anna", PASSWORD, row["cluster"], organisation="Region Exempel", receiver="Eva", ground="OSL 25:11", at=NOW)
    assert given == {name: value for name, value in row.items() if name != "handed_to"}
    assert json_of("elsewhere", *at)["rows"][0]["handed_to"] == "Region Exempel"
    with open_wishes(place) as book:
        assert [(one["receiver"], one["ground"], one["subject"], one["by"]) for one in disclosures(book)] == [
            ("Region Exempel, Eva", "OSL 25:11", row["cluster"], "anna")
        ]
