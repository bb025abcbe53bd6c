"""A template as a coordinator reads it: what stays, what changes, and whom the text reaches."""

from __future__ import annotations

import re

import pytest

from review.pages.template import pieces
from tests.review.world import Client, Site


@pytest.fixture(scope="module")
def page(site: Site, clusters: list[str]) -> tuple[Client, str]:
    """Anna, and the address of the first template that a cluster's page links to."""
    anna = site.client("anna")
    links = [link for cluster in clusters for link in re.findall(r'href="(/kluster/[\w-]+/mall/\d+)"', anna.get(f"/kluster/{cluster}").text)]
    return anna, links[0]


def test_a_template_shows_the_words_that_stay_and_its_slots_side_by_side(page: tuple[Client, str]) -> None:
    client, address = page
    reply = client.get(address)
    assert reply.status == 200
    pattern = re.sub(r"<[^>]+>", "", re.search(r'<p class="text">(.*?)</p>', reply.text, re.DOTALL).group(1))  # type: ignore[union-attr]
    assert re.search(r"jag heter \[\d\] och är \[\d\] .*i \[\d\] några dagar", pattern), pattern
    rows = re.findall(r'<tr><td class="num" data-label=.*?</tr>', reply.text, re.DOTALL)
    assert len(rows) >= 2 and len(set(rows)) == len(rows)
    assert ("namn</th>" in reply.text, "ort</th>" in reply.text) == (True, True)


def test_no_number_is_whole_on_a_template(page: tuple[Client, str]) -> None:
    client, address = page
    shown = re.sub(r"<[^>]+>", " ", client.get(address).text.split("<main", 1)[1])
    assert "noll sju" not in shown.lower()
    assert not re.search(r"07\d[ -]?\d{3}[ -]?\d\d[ -]?\d\d", shown)


def test_a_template_is_read_beside_a_cluster_that_has_it_and_the_reading_is_audited(site: Site, page: tuple[Client, str]) -> None:
    client, address = page
    assert client.get(address.rsplit("/", 1)[0] + "/1").status == 404
    assert "Mallen finns inte i klustret" in client.get(address.rsplit("/", 1)[0] + "/x").text
    cluster, number = re.findall(r"/kluster/([\w-]+)/mall/(\d+)", address)[0]
    assert ("read a template", f"{cluster}/{number}") in site.place.book().con.execute("SELECT action, subject FROM audit").fetchall()


def test_a_pattern_is_cut_into_text_and_slots() -> None:
    assert pieces("Hej {1}, {2} kr") == [("Hej ", 0), ("", 1), (", ", 0), ("", 2), (" kr", 0)]
