"""The child route's hand-over and the disclosure record, as the officer and the data protection officer meet them."""

from __future__ import annotations

import re

from tests.review.world import Site


def test_an_ad_is_handed_over_and_stands_in_the_record_until_released(site: Site) -> None:
    sara, dag = site.client("sara"), site.client("dag")
    page = sara.get("/barn").text
    found = re.search(r'name="ad" value="(-?\d+)"', page)
    assert found is not None and "Har väntat" in page
    ad = found.group(1)
    sent = {"ad": ad, "receiver": "socialjouren, E. Ek 070-174 06 05", "ground": "SoL 2025:400", "how": "orosanmälan 12", "answer": "hold"}
    assert [sara.post("/barn", {**sent, **change}).status for change in ({"ad": "1"}, {"receiver": ""}, {})] == [404, 403, 303]
    page = sara.get("/barn").text
    assert ("Överlämnad efter" in page, "socialjouren, E. Ek •••: orosanmälan 12" in page, "070-174" in page) == (True, True, False)
    assert sara.post("/barn", sent).status == 403, "held already"
    record = dag.get("/utlamnat").text
    assert ("socialjouren, E. Ek" in record, f"ad {ad}" in record, "utlämnat" in record) == (True, True, True)
    sara.get("/barn")
    assert sara.post("/barn", {"ad": ad, "how": "utredningen har kopior", "answer": "release"}).status == 303
    assert "Har väntat" in sara.get("/barn").text


def test_a_refusal_is_written_in_and_a_line_without_its_ground_is_not(site: Site) -> None:
    dag = site.client("dag")
    dag.get("/utlamnat")
    asked = {"receiver": "Polisen, A. Ask", "asked": "brev 12/2026", "ground": "OSL 10 kap 24 §", "answer": "refused"}
    replies = [dag.post("/utlamnat", {**asked, **change}).status for change in ({"ground": ""}, {"answer": "x"}, {"answer": "given"}, {})]
    assert replies == [403, 400, 403, 303]
    assert dag.get("/utlamnat").text.count("Polisen, A. Ask") == 1
    ulla = site.client("ulla")
    assert ('action="/utlamnat"' in ulla.get("/utlamnat").text, ulla.post("/utlamnat", asked).status) == (False, 403)
