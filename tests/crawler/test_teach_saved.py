"""A page kept as a test holds nothing of anybody, and still reads as it did."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import phonenumbers
import pytest

from crawler.parse import Page
from crawler.records.site import FieldRule, SiteConfig
from crawler.teach.fiction import Fiction, long_numbers, words_of
from crawler.teach.saved import as_fiction, leftovers, saved_pages, shape_of, write_saved
from tests.crawler.taught import BASE, of_site, teach, town_sites

SITE = SiteConfig(
    site="exempel", fetcher="http", hosts=("127.0.0.1",), start=(BASE + "/",), ad_links="a.rubrik", next_page='a:contains("Nästa")', ad_url=r"/annons/\d+",
    fields=(
        FieldRule(name="title", css="h1.rubrik", required=True), FieldRule(name="body", css="div.text"), FieldRule(name="name", css='dt:contains("Namn") + dd'),
        FieldRule(name="age", css="p.fakta", pattern=r"(\d+) år"), FieldRule(name="phones", css="a[href^='tel:']::attr(href)", pattern="tel:(.+)"),
        FieldRule(name="city", json_ld="address.addressLocality"), FieldRule(name="images", css="img.bild::attr(src)"),
        FieldRule(name="posted_at", css="time::attr(datetime)"), FieldRule(name="handles", css="li.konto"),
    ),
)  # fmt: skip
PAGE = Page(
    url=BASE + "/annons/4711?ring=0701740695",
    text="""<!DOCTYPE html><html lang=sv><head><title>Katarina i Trelleborg</title><meta name="description" content="Katarina 070-174 06 34">
<style>.rubrik { background: url(katarina.png) }</style><script>var agare = "Katarina"; var nr = "0701740695";</script>
<script type="application/ld+json">{"@type": "Person", "name": "Katarina", "telephone": "0701740695",
"address": {"addressLocality": "Trelleborg", "streetAddress": "Algatan 3"}}</script>
</head><body class="sida ad-4711"><!-- katarina@verklig.se --><h1 class="rubrik annons-4711">Katarina i Trelleborg</h1>
<div class="text" onclick="ring('0701740695')" style="color:red">Ring mig på 070-174 06 95 eller 0046 70 174 06 95. Noll sju sex. Привет, สวัสดี.</div>
<dl><dt>Namn</dt><dd>Katarina</dd></dl><p class="fakta">Jag är 27 år</p><a href="tel:070-174 06 95">Ring Katarina</a>
<img class="bild" src="/bild/katarina-0701740695.jpg" alt="Katarina vid havet"><img src="data:image/png;base64,AAAA"><svg><text>Katarina</text></svg>
<time datetime="2026-11-20T02:10:00Z">för tre dagar sedan</time><li class="konto">telegram: katarina_trbg</li>
<input type="hidden" name="mail" value="katarina@verklig.se"><iframe src="https://karta.example/katarina"></iframe></body></html>""",
)  # fmt: skip
REAL = ("katarina", "trelleborg", "algatan", "verklig", "trbg", "привет", "สวัสดี", "havet", "havs", "dagar", "karta")


def test_no_word_and_no_number_of_a_page_is_left_in_its_fiction() -> None:
    (saved,), refused = as_fiction(SITE, [("ad", PAGE)], seed=5)
    kept = (saved.page.url + saved.page.text + str(saved.expected)).lower().replace("127.0.0.1", "")
    assert (refused, [word for word in REAL if word in kept]) == ([], [])
    assert not {number for number in long_numbers(kept) if number in long_numbers(PAGE.text + PAGE.url)}
    assert not re.search(r"<!--|<style|onclick|style=|data:image|<svg|<iframe|hidden|var agare", kept)
    assert words_of(saved.expected["body"]) & words_of(PAGE.text) == set()


def test_the_config_reads_the_same_shapes_from_the_fiction() -> None:
    (saved,), _ = as_fiction(SITE, [("ad", PAGE)], seed=5)
    assert {name: shape_of(value) for name, value in saved.expected.items()} == {
        "title": "aaaaaaaa a aaaaaaaaaa", "body": "aaaa aaa aa 000-000 00 00 aaaaa 0000 00 000 00 00. aaaa aaa aaa. aaaaaa, aaaaaa.", "name": "aaaaaaaa",
        "age": "00", "phones": ["000-000 00 00"], "city": "aaaaaaaaaa", "images": ["aaaa://000.0.0.0:0000/aaaa/aaaaaaaa-0000000000.aaa"],
        "posted_at": "0000-00-00a00:00:00a",
        "handles": [{"kind": "aaaaaaaa", "value": "aaaaaaaa_aaaa"}],
    }  # fmt: skip
    phone = phonenumbers.parse(unquote(saved.expected["phones"][0]), "SE")
    assert str(phone.national_number).startswith("7017406") and phonenumbers.is_valid_number(phone)
    assert "Namn" in saved.page.text and 'class="rubrik"' in saved.page.text and "annons-" not in saved.page.text


NUMBERS = ("0701740695", "+46 70 174 06 95", "0046701740695", "701740695", "1234567", "12345678", "1 212 234 5678", "123456789012345678")


@pytest.mark.parametrize("digits", NUMBERS)
def test_an_invented_phone_number_belongs_to_nobody(digits: str) -> None:
    made = Fiction(keep=frozenset(), seed=3).text(f"Ring {digits} nu").partition(" ")[2].rpartition(" ")[0]
    plain = "".join(sign for sign in made if sign.isdigit())
    assert shape_of(made) == shape_of(digits)
    assert re.search(r"7017406\d\d$|^55501\d\d$|^0000", plain)


def test_marks_that_every_page_has_stay_and_those_of_one_ad_go() -> None:
    other = Page(url=BASE + "/annons/4712", text=PAGE.text.replace("4711", "4712").replace("Katarina", "Fredrika").replace('class="fakta', 'class="rad fakta'))
    saved, _ = as_fiction(SITE, [("ad", PAGE), ("ad", other)], seed=5)
    assert ["sida" in page.page.text for page in saved] == [True, True]
    assert ["rad" in re.findall(r'class="(\w+ fakta|fakta)"', page.page.text)[0] for page in saved] == [False, False]


def test_a_page_of_which_something_would_be_left_is_refused() -> None:
    real = {"title": "Katarina i Trelleborg"}
    left = leftovers(PAGE, Page(url=PAGE.url, text="<p>Ring Katarina på 0701740695</p>"), real, frozenset())
    assert left == {"katarina", "0701740695"}
    named = replace(SITE, fields=(FieldRule(name="title", css='h1:contains("Katarina")'), FieldRule(name="body", css="div.text", pattern="(Ring mig på .*)")))
    _, refused = as_fiction(named, [("ad", replace(PAGE, text=PAGE.text.replace("Ring mig", "Ring Mig")))])
    assert refused == []  # a pattern that finds nothing before finds nothing afterwards
    _, refused = as_fiction(replace(SITE, fields=(FieldRule(name="title", css="h1"), FieldRule(name="age", css="p.fakta", pattern="(27)"))), [("ad", PAGE)])
    assert refused == ["rewritten as fiction, the page no longer gives age as it did"]


def test_saved_pages_are_found_again_for_their_owner_alone(tmp_path: Path) -> None:
    saved, _ = as_fiction(SITE, [("ad", PAGE)], seed=5)
    more, _ = as_fiction(SITE, [("ad", PAGE)], before=saved, seed=6)
    write_saved(tmp_path / "exempel", [*saved, *more])
    assert saved_pages(tmp_path / "exempel") == [*saved, *more]
    assert [(path.name, path.stat().st_mode & 0o777) for path in sorted((tmp_path / "exempel").iterdir())] == [
        ("ad-1.html", 0o600), ("ad-1.json", 0o600), ("ad-2.html", 0o600), ("ad-2.json", 0o600),
    ]  # fmt: skip
    with pytest.raises(FileExistsError):
        write_saved(tmp_path / "exempel", saved)


def test_every_page_of_a_look_can_be_kept() -> None:
    proposal = teach(of_site(town_sites()["anslaget"]), "/", sitemaps=(BASE + "/sitemap.xml",))
    saved, refused = as_fiction(proposal.site, [("ad", page) for page in proposal.ads], seed=7)
    assert (len(saved), refused) == (5, [])


def test_a_page_that_no_document_should_be_is_rewritten_or_refused_and_never_ends_the_look() -> None:
    odd = PAGE.text.replace("<dl>", "<td< \x0b=\"1\" data-x='\\'><table>" + "<div>" * 60).replace("Ring mig", "Ri\x0bng\x00 mig &#0; <!-- ")
    for text in (odd, "", "<", "\x00", "<svg><a href=x", odd.replace(">", "")):
        saved, refused = as_fiction(SITE, [("ad", Page(url=PAGE.url, text=text))], seed=5)
        assert len(saved) + len(refused) == 1 and not any("atarina" in page.page.text for page in saved)
