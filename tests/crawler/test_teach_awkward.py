"""What is awkward about a site does not keep it from being taught, and what cannot be known is said."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable

import pytest

from crawler.parse import Page
from crawler.teach.fields import pages_of, propose_fields, read
from crawler.teach.identity import Identity, identity_of
from crawler.teach.links import groups_of
from crawler.teach.propose import Proposal
from crawler.teach.values import is_like, speaks_of
from tests.crawler.awkward import SITES, Awkward, bare_tables
from tests.crawler.taught import BASE, teach
from tests.crawler.test_teach_propose import read_whole


@functools.cache
def taught(made: Callable[[], Awkward]) -> tuple[Awkward, Proposal]:
    site = made()
    return site, teach(site.get, site.start)


@pytest.mark.parametrize("made", SITES)
def test_an_awkward_site_is_read_whole_and_each_field_of_each_ad_is_right(made: Callable[[], Awkward]) -> None:
    site, proposal = taught(made)
    found = {ad.url: ad for ad in read_whole(proposal.site, site.get)}
    assert {url: {name: getattr(found[url], name) for name in wanted} for url, wanted in site.wanted.items()} == site.wanted
    assert set(found) == set(site.wanted)


def test_a_session_in_the_address_is_no_part_of_an_ad_and_is_said() -> None:
    _, proposal = taught(bare_tables)
    assert (proposal.site.ad_id, proposal.site.ad_address) == ("[?&]id=([^&#]+)", "/visa.php?id={id}")
    assert proposal.notes == ("The addresses of ads carry sid, which is another one at each visit: ads are known without it (ad_id, ad_address).",)


def test_a_site_that_answers_nothing_without_a_session_is_said_to_be_one() -> None:
    site = bare_tables()
    proposal = teach(lambda url: site.get(url) if "sid=" in url or "lista" in url else "", site.start)
    assert (proposal.site.ad_id, proposal.site.ad_address) == ("", "")
    assert proposal.notes[0].endswith("every night would take each ad for new. Fill in ad_id and ad_address.")


def test_ads_that_stand_under_their_towns_are_one_group_and_other_links_of_as_many_steps_are_not() -> None:
    people = itertools.product(("lund", "malmo", "umea"), ("lina", "mia"))
    ads = [*(f"/{town}/annons/{name}-{number}" for number, (town, name) in enumerate(people)), "/kalmar/annons/eva-9"]
    page = Page(url=f"{BASE}/", text="".join(f'<li><a href="{url}">Lina i trakten</a></li>' for url in (*ads, "/om/oss/mer", "/om/oss/alla", "/om/oss/hela")))
    assert [(group.template, len(group.urls)) for group in groups_of(page)] == [
        (r"^https?://[^/]+/[^/]+/annons/[^/]+-\d+/?(?:[?#]|$)", 7), (r"/om/oss/[^/]+/?(?:[?#]|$)", 3),
    ]  # fmt: skip


def test_what_stands_in_a_link_to_another_ad_is_not_this_ads() -> None:
    other = '<a href="/umea/annons/mia-{0}"><b class=namn>Mia {0}</b><i class=pris>{0}00 kr</i></a>'
    own = "<title>Annons {0}</title><main><h1>Annons {0}</h1><p class=pris>{0}50 kr</p></main>"
    texts = [own.format(n) + other.format(n + 3) + other.format(n + 4) for n in (5, 6, 7)]
    rules = propose_fields(pages_of(texts, ad_url=r"^https?://[^/]+/[^/]+/annons/[^/]+-\d+"))
    assert {rule.name: read(rule, texts[0]) for rule in rules} == {"title": ["Annons 5"], "price": ["550 kr"]}


def test_a_page_made_to_fill_the_memory_of_who_is_taught_it_holds_no_more_places_than_any() -> None:
    texts = [f"<h1>Annons {n}</h1><p class=text>Påhittad text {n} som är lång nog att läsas</p>" + "<div>" * 200 + "ord " * 250_000 for n in (1, 2, 3)]
    pages = pages_of(texts)
    assert [rule.name for rule in propose_fields(pages)] == ["title", "body"]
    assert sum(len(value) for candidate in pages.candidates for values in candidate.values for value in values) < 10_000


TOKENS = ("9f86d081884c7d65", "60303ae22b998861")


@pytest.mark.parametrize(
    ("pages", "known"),
    [
        ([[f"{BASE}/annons/{n}?k={token}" for n in range(4)] for token in TOKENS], (r"^https?://[^/]+([^?#]+)", "{id}")),
        ([[f"{BASE}/v?sprak=sv&nr={n}&k={token}" for n in range(place, place + 4)] for place, token in zip((0, 4), TOKENS, strict=True)],
         (r"[?&]nr=([^&#]+)", "/v?sprak=sv&nr={id}")),
        ([[f"{BASE}/annons/{n}?sprak=sv" for n in range(4)]], None),
        ([[f"{BASE}/v?nr={n}" for n in range(4)]], None),
        ([[f"{BASE}/v?a={n // 2}&b={n % 2}&sid=1" for n in range(4)]], None),
        ([], None),
    ],
)  # fmt: skip
def test_an_ad_is_known_by_what_is_its_own_in_its_address(pages: list[list[str]], known: tuple[str, str] | None) -> None:
    found = identity_of(pages)
    assert found == (Identity(ad_id=known[0], ad_address=known[1], passing=("k",)) if known else None)


@pytest.mark.parametrize("text", ["23 november 2026", "mån 23 nov 2026", "måndag den 23 november 2026 kl. 14:05", "den 3 maj 2026", "3 maj 2026, 14.05"])
def test_a_date_in_words_is_a_date(text: str) -> None:
    assert is_like("posted_at", text)


LABELS = [("age", "Ålder:"), ("account", "Annonsör"), ("payment", "Betalsätt"), ("venue", "FÖRETAG"), ("comments", "omdömen")]


@pytest.mark.parametrize(("field", "words"), LABELS)
def test_labels_with_letters_beyond_a_to_z_are_words(field: str, words: str) -> None:
    assert speaks_of(field, words)
