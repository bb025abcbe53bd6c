"""The promises about how ads are fetched, scored and acted on, one test or more named after each."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from crawler.records.site_faults import faults
from crawler.reservation import path_reserved, reserved, reserved_paths
from crawler.robots import read_robots
from pipeline.failure import Failure
from pipeline.home import SHIPPED_CONFIG
from pipeline.keeping.wishes import open_wishes
from pipeline.outreach import lanes
from pipeline.outreach.candidates import candidates
from pipeline.outreach.visit_list import Reached, _chosen
from pipeline.pseudonyms import contact_id
from pipeline.publish import open_snapshot
from pipeline.settings import read_shipped, read_site
from tests.cli.scan import raw_hits
from tests.cli.world import run, write_lines
from tests.keeping.world import START, Installation, phone_of


def pseudonym(town: Installation, number: int) -> str:
    value = "+46" + phone_of(number).replace("-", "").replace(" ", "")[1:]
    return contact_id(bytes.fromhex(town.home.key("pseudonym")), "phone", value)


def test_P18_of_a_picture_nothing_is_left_but_a_hash(tmp_path: Path) -> None:
    picture = Image.effect_mandelbrot((400, 300), (-2.0, -1.2, 0.8, 1.2), 60).convert("RGB")
    (tmp_path / "pictures").mkdir()
    picture.save(tmp_path / "pictures" / "a.jpg", "JPEG", quality=85, comment=b"marke-i-bilden")
    line = {"site": "exempel", "url": "https://exempel.example/1", "seen": ["2026-09-01T02:00:00Z"], "title": "Hej", "images": ["a.jpg"]}
    write_lines(tmp_path / "ads.jsonl", [line])
    home = tmp_path / "home"
    assert run("init", str(home), "--for", "research", "--controller", "Exempelstads kommun")[0] == 0
    assert run("import", str(tmp_path / "ads.jsonl"), "--images", str(tmp_path / "pictures"), "--home", str(home))[0] == 0
    marks = [b"marke-i-bilden"]
    assert len(raw_hits([tmp_path / "pictures"], [], marks)) == 2, "the scan finds a picture where there is one: by its comment and by its head"
    assert raw_hits([home], [], marks) == []


def test_P20_robots_and_reservations_are_honoured_and_the_crawler_says_who_it_is() -> None:
    agent = read_shipped(SHIPPED_CONFIG).general.crawl.user_agent
    assert agent.startswith("Lykta/") and "contact" in agent
    rules = read_robots(status=200, body=b"User-agent: *\nDisallow: /privat/\n", user_agent=agent)
    assert (rules.why_not("https://exempel.example/annons/1"), rules.why_not("https://exempel.example/privat/1")) == ("", "robots.txt does not allow /privat/1")
    assert read_robots(status=503, body=b"", user_agent=agent).why_not("https://exempel.example/annons/1") != ""
    assert reserved(robots_tag=(), tdm_header="1", text="", agent=agent) and reserved(robots_tag=("noindex",), tdm_header="", text="", agent=agent)
    assert reserved(robots_tag=(), tdm_header="", text='<meta name="tdm-reservation" content="1">', agent=agent)
    assert not reserved(robots_tag=(), tdm_header="0", text="<h1>Hej</h1>", agent=agent)
    paths = reserved_paths('[{"location": "/annons/", "tdm-reservation": 1}]')
    assert path_reserved("https://exempel.example/annons/1", paths) and not path_reserved("https://exempel.example/om", paths)


def test_P20_one_request_in_five_seconds_unless_the_site_allows_more(tmp_path: Path) -> None:
    told = 'site = "exempel"\nfetcher = "http"\nhosts = ["exempel.example"]\nstart = ["https://exempel.example/"]\nad_links = "a"\n'
    path = tmp_path / "exempel.toml"
    path.write_text(told + '[fields.title]\ncss = "h1"\n', "utf-8")
    site = read_site(path)
    assert (site.politeness.delay_s, faults(site)) == (5.0, []), "a site whose config says nothing of it"
    path.write_text(told + '[fields.title]\ncss = "h1"\n[politeness]\ndelay_s = 0.5\n', "utf-8")
    with pytest.raises(Failure, match="delay_s is under a second"):
        read_site(path)


def parts_of(town: Installation) -> dict[str, tuple[str | None, float, dict[str, object]]]:
    """Return by the ring's number its band, total and parts."""
    snapshot, _, _ = open_snapshot(town.home, "review")
    found = {}
    for number in (40, 41):
        row = snapshot.execute(
            "SELECT band, total, parts FROM cluster_priority WHERE cluster_id IN "
            "(SELECT cluster_id FROM cluster_member JOIN contact USING (ad_id) WHERE contact_id = $contact)",
            {"contact": pseudonym(town, number)},
        ).fetchall()
        assert len(row) == 1
        found[str(number)] = (row[0][0], row[0][1], json.loads(row[0][2]))
    snapshot.close()
    return found


def test_P21_a_person_can_recompute_the_total_from_the_shown_parts(town: Installation) -> None:
    settings = town.settings.indicators
    for band, total, parts in parts_of(town).values():
        families = parts["families"]
        assert isinstance(families, list) and families
        counted = 0.0
        for family in families:
            # the highest sign of a family counts whole, the second by half, every further one by a quarter
            ranked = sorted((finding["weight"] * finding["decay"] for finding in family["findings"]), reverse=True)
            points = sum(value * share for value, share in zip(ranked, (1.0, 0.5, *[0.25] * len(ranked)), strict=False))
            assert family["cap"] == settings.family_caps[family["family"]]
            assert family["counted"] == pytest.approx(min(points, family["cap"]))
            counted += family["counted"]
        against = sum(piece["counted"] for piece in parts["counter"])  # type: ignore[attr-defined]
        assert total == pytest.approx(max(0.0, counted + against), abs=0.011)
        assert band in ("A", "B", "C", None)


def test_P22_a_word_of_origin_changes_no_score_band_or_rank(town: Installation) -> None:
    one, other = parts_of(town).values()
    assert (one[0], one[1]) == (other[0], other[1])
    assert one[2]["gate"] == other[2]["gate"]
    assert [family["family"] for family in one[2]["families"]] == [family["family"] for family in other[2]["families"]]  # type: ignore[attr-defined]


def test_P24_who_said_no_is_offered_to_nobody_whatever_the_band(town: Installation, tmp_path: Path) -> None:
    copy = town.copy(tmp_path / "home")
    snapshot, _, _ = open_snapshot(copy.home, "review")
    with open_wishes(copy.home) as book:
        before = lanes.queue(snapshot, book, copy.settings.outreach, START)
        banded = [one for one in candidates(snapshot, copy.settings.outreach) if one.band is not None]
        assert banded and {row["cluster"] for row in before} == {one.cluster for one in banded}
        for contact in (pseudonym(copy, 40), pseudonym(copy, 41)):
            book.add_do_not_contact(contact, kind="phone", reason="sagt vid besök", who="anna", now=START + timedelta(hours=1))
        after = lanes.queue(snapshot, book, copy.settings.outreach, START)
    snapshot.close()
    assert [(row["lane"], row["why"]) for row in after] == [("R5", ["Spärrad."])] * len(banded)
    assert all("Spärrad: personen vill inte bli kontaktad." in row["blocked_by"] for row in after)


def test_P24_a_tenth_of_a_list_is_drawn_from_all_further_down_by_the_day() -> None:
    settings = read_shipped(SHIPPED_CONFIG).outreach
    order = [Reached(candidate=SimpleNamespace(cluster=f"k-{number}"), contact="c", people=1) for number in range(40)]  # type: ignore[arg-type]
    top, last = settings.list_rows - 1, []
    for day in range(300):
        chosen = _chosen(order, settings, START + timedelta(days=day))
        assert (len(chosen), chosen[:top]) == (settings.list_rows, order[:top])
        assert chosen == _chosen(order, settings, START + timedelta(days=day, hours=5)), "the same for everybody who asks that day"
        last.append(order.index(chosen[-1]))
    drawn = Counter(last)
    assert set(drawn) == set(range(top, 40)) and max(drawn.values()) < 30, "each of those further down has its turn, and none has it always"
