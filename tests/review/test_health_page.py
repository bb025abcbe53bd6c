"""Hälsa says the night in one sentence and a line a site, to people and to machines, in the reader's language."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from crawler.records.site import SiteConfig
from pipeline.health.facts import Outside
from review.pages import health
from tests.pipeline.test_runs import usual
from tests.review.world import Site


def test_the_page_and_the_figures_say_which_site_is_not_to_be_trusted_and_what_to_do(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    night = site.place.as_of()
    odd = Outside(measure="listed", found=5.0, low=15.0, usual=31.0)
    runs = [
        *(usual(name, night - timedelta(days=back)) for name in ("bra", "mur", "olik") for back in range(1, 12)),
        usual("bra", night), usual("mur", night, trouble="log_in_wall", complete=False), usual("olik", night, listed=5, trouble="unlike", outside=(odd,)),
    ]  # fmt: skip
    sites = tuple(SiteConfig(site=name, fetcher="http", hosts=(), start=(), fields=()) for name in ("bra", "mur", "olik"))
    monkeypatch.setattr(health, "runs", lambda con: runs)
    monkeypatch.setattr(site.place, "settings", dataclasses.replace(site.place.settings, sites=sites))
    client = site.client("disa")
    page = client.get("/halsa").text
    for said in (
        "Natten går att lita på utom för mur, olik: 1 av 3 sajter lästes i sin helhet. Ingen annons kallas borta för att den inte kunde läsas.",
        "sajten kräver inloggning för att visa annonser", "Logga inte in: då är annonserna inte längre offentliga.",
        "natten liknar inte sajtens egen historia: 5 annonser, minst 15 väntade (brukar vara 31)", f"lykta sites accept olik {runs[-1].run} --because",
        "·" * 18 + "█" * 11 + "×",
    ):  # fmt: skip
        assert said in page, said
    figures = client.get("/halsa/metrics")
    assert figures.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert [line for line in figures.text.splitlines() if line.startswith(("lykta_site_trusted", "lykta_site_trouble"))] == [
        'lykta_site_trusted{site="mur"} 0', 'lykta_site_trusted{site="olik"} 0', 'lykta_site_trusted{site="bra"} 1',
        'lykta_site_trouble{site="mur",code="log_in_wall"} 1', 'lykta_site_trouble{site="olik",code="unlike"} 1',
    ]  # fmt: skip
