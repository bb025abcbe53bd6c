"""The page in a real Chromium: the whole path by keyboard, hostile texts, accessibility, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

from tests.review.world import COLLEAGUES, PASSWORD, PAYLOADS, Site

RULES = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
ALLOWED_IN_AD = {"BDI", "MARK", "SPAN", "P", "H3", "CODE", "BUTTON", "A"}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 860})
    yield made
    made.close()


def come_in(page: Page, site: Site, name: str) -> Page:
    page.goto(site.base + "/logga-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    return page


def fill_in(page: Page, *, visit: bool = True) -> None:
    page.fill("#alternative", "Vänner som delar telefon")
    page.fill("#reason", "Rundresa och mall")
    if visit:
        page.click("#beslut summary")
        page.select_option("[name=interpreter]", index=1)
        page.select_option("[name=team_safety]", "1")
        page.fill("[name=person_safety]", "neutral text, ingen ringer upp")
        page.fill("[name=legal]", "SoL 2025:400")
        page.check("[name=minor_check]")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")


def test_hostile_texts_are_texts(site: Site, context: BrowserContext, clusters: list[str]) -> None:
    page, heard = context.new_page(), []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: heard.append(request.url) if not request.url.startswith(site.base) else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    come_in(page, site, "anna")
    hostile = next(name for name in clusters if "alert(1)" in site.client("anna").get(f"/kluster/{name}").text)
    for path in ("/ko", f"/kluster/{hostile}", f"/kluster/{hostile}/dela", "/las-i-dag", "/salonger", f"/ovning/{hostile}", "/beslut"):
        page.goto(site.base + path)
        page.wait_for_load_state("networkidle")
    page.goto(f"{site.base}/kluster/{hostile}")
    tags = set(page.eval_on_selector_all(".ads article *", "nodes => nodes.map(node => node.tagName)"))
    shown = page.inner_text(".ads")
    assert (heard, tags <= ALLOWED_IN_AD) == ([], True), (heard, tags)
    assert page.locator("script").count() == 1
    assert page.locator("main a[href*='//']").count() == 0, "an advertiser's address is never a link"
    assert page.locator(f".ads a:not([href^='/kluster/{hostile}/mall/'])").count() == 0, "an ad leads to its template alone"
    assert sum(payload in shown for payload in PAYLOADS if payload.isascii() and payload.isprintable() and "javascript" not in payload) >= 15
    assert [mark for mark in ("⟨202B⟩", "⟨200B⟩", "␛]0;titel␇") if mark not in shown] == []
    assert [mark for mark in ("\u202b", "\u200b", "\u2066", "\x1b") if mark in shown] == []
    assert "0701740605" not in page.content()


def test_the_whole_path_by_keyboard(site: Site, browser: Browser) -> None:
    contexts = [browser.new_context(viewport={"width": 1280, "height": 860}, accept_downloads=True) for _ in range(2)]
    anna, bertil = (come_in(made.new_page(), site, name) for made, name in zip(contexts, ("anna", "bertil"), strict=True))
    anna.goto(site.base + "/ko")
    total = anna.locator("tr[data-row]").count()
    assert total >= 3
    anna.keyboard.press("j")
    first = anna.evaluate("document.activeElement.textContent")
    anna.keyboard.press("Enter")
    anna.wait_for_url(f"**/kluster/{first}")
    anna.keyboard.press("a")
    assert anna.evaluate("document.activeElement.id") == "alternative", "what is missing is shown, nothing is sent"
    fill_in(anna)
    anna.keyboard.press("a")
    anna.wait_for_url(re.compile(r"gjort=\d+"))
    assert first not in anna.url
    anna.keyboard.press("z")
    anna.wait_for_url(re.compile(f"/kluster/{first}\\?angrat"))
    fill_in(anna)
    anna.keyboard.press("a")
    anna.wait_for_url(re.compile(r"gjort=\d+"))
    bertil.goto(f"{site.base}/kluster/{first}")
    assert "Rundresa och mall" not in bertil.content(), "the first one's reasons are not shown before one's own"
    bertil.fill("#alternative", "En byrå där alla bestämmer själva")
    bertil.fill("#reason", "Samma slutsats")
    bertil.evaluate("document.activeElement.blur()")
    bertil.keyboard.press("a")
    bertil.wait_for_url(re.compile(r"gjort=\d+"))
    bertil.goto(f"{site.base}/kluster/{first}")
    assert "Rundresa och mall" in bertil.inner_text("#bada")
    bertil.goto(site.base + "/besokslista")
    bertil.click("main button.main")
    bertil.wait_for_url("**/besokslista/L-*")
    assert "Rundresa" not in bertil.content() and "•••" not in bertil.inner_text("h1")
    with bertil.expect_download() as download:
        bertil.click("button[value=pdf]")
    content = download.value.path().read_bytes()
    assert (content[:5], b"/StructTreeRoot" in content, b"pdfuaid" in content) == (b"%PDF-", True, True)
    bertil.goto(site.base + "/aterkoppling")
    bertil.click("main a.card")
    bertil.click("button[value=contact_talk]")
    bertil.wait_for_url("**/aterkoppling?sparat=1")
    bertil.goto(site.base + "/statistik")
    assert "Kontaktförsök" in bertil.inner_text("main") and "få" in bertil.inner_text("main")
    for made in contexts:
        made.close()


def test_what_was_revealed_is_hidden_again(site: Site, context: BrowserContext) -> None:
    page = come_in(context.new_page(), site, "anna")
    page.clock.install()
    page.goto(site.base + "/besokslista")
    page.click("main a.name")
    page.click("details summary")
    page.fill("[name=purpose]", "besök i kväll")
    page.click("details form button")
    assert re.fullmatch(r"\+46701740\d{3}", page.inner_text(".secret").strip())
    page.clock.run_for(61_000)
    assert page.locator(".secret").count() == 0 or page.inner_text(".secret") == "•••"


def test_the_path_works_without_javascript(site: Site, browser: Browser) -> None:
    made = browser.new_context(java_script_enabled=False)
    page = come_in(made.new_page(), site, "cissi")
    page.goto(site.base + "/ko/nasta")
    page.fill("#alternative", "Vänner som delar telefon")
    page.fill("#reason", "Rundresa och mall")
    page.click("button[value=unsure]")
    assert "gjort=" in page.url and "sparat, osäker" in page.inner_text(".done")
    page.click(".done button")
    assert "angrat=1" in page.url
    page.click("#beslut >> text=Nästa")
    page.goto(site.base + "/besokslista")
    page.click("main button.main")
    assert page.locator("h1").inner_text().startswith("Besökslista")
    made.close()


def test_the_next_cluster_takes_this_ones_place(site: Site, context: BrowserContext, clusters: list[str]) -> None:
    page, failed = come_in(context.new_page(), site, "bertil"), []
    page.on("pageerror", lambda error: failed.append(str(error)))
    first = f"{site.base}/kluster/{clusters[-1]}"
    page.goto(first)
    title = page.title()
    page.evaluate("window.kept = 1")
    fill_in(page, visit=False)
    context.set_offline(True)
    page.keyboard.press("u")
    page.wait_for_selector("[data-failed]:not([hidden])")
    assert (page.url, page.input_value("#reason")) == (first, "Rundresa och mall"), "nothing that was written is lost"
    context.set_offline(False)
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"gjort=\d+"))
    assert "sparat, osäker" in page.inner_text(".done")
    assert (page.evaluate("window.kept"), page.title() != title, page.evaluate("document.activeElement.tagName")) == (1, True, "H1"), "the document stays"
    page.click(".done button")
    page.wait_for_url(f"{first}?angrat=1")
    page.evaluate("window.kept = 2")
    page.keyboard.press("n")
    page.wait_for_url(lambda address: not address.startswith(first))
    assert page.evaluate("window.kept") == 2
    page.go_back()
    page.wait_for_function("!window.kept")
    assert (page.url, failed) == (f"{first}?angrat=1", []), "back reads the page anew"


ROOMS = {
    "anna": ("/ko", "/ko/nasta", "/ko/oense", "/beslut", "/las-i-dag", "/besokslista", "/vecka", "/aterkoppling", "/tips", "/salonger", "/meddelanden",
             "/statistik", "/registerutdrag", "/halsa", "/ovning", "/mitt-konto", "/finns-inte"),
    "ulla": ("/logg",),
    "disa": ("/konton", "/ko"),
    "sara": ("/barn",),
}  # fmt: skip
WIDE, NARROW, ZOOMED = {"width": 1280, "height": 860}, {"width": 320, "height": 640}, {"width": 640, "height": 430}  # zoomed: 200 % of 1280
LOOKS: dict[str, tuple[tuple[str, Any], ...]] = {"sv": (("light", WIDE), ("dark", ZOOMED)), "en": (("dark", WIDE), ("light", NARROW))}
FAULTS = """options => axe.run(document, options).then(found => found.violations.flatMap(
  item => item.nodes.map(node => `${item.id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`)))"""


def faults(page: Page, path: str, language: str) -> list[str]:
    """Open a page once, look at it in two schemes and sizes, and return what is wrong with it."""
    page.goto(f"{path}")
    page.evaluate(AXE_SCRIPT)
    found = []
    for scheme, size in LOOKS[language]:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        found += [f"{path} {language} {scheme} {size['width']} {fault}" for fault in page.evaluate(FAULTS, RULES)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            found.append(f"{path} is wider than {size['width']}")
    return found


@pytest.mark.parametrize("language", LOOKS)
def test_no_page_has_an_accessibility_fault(site: Site, browser: Browser, clusters: list[str], language: str) -> None:
    wrong: list[str] = []
    for name in ROOMS:
        made = browser.new_context(bypass_csp=True)
        page = made.new_page()
        page.goto(f"{site.base}/sprak/{language}?till=/ko")
        wrong += faults(page, site.base + "/logga-in", language) if name == "anna" else []
        come_in(page, site, name)
        for path in (*ROOMS[name], *((f"/kluster/{clusters[-1]}/dela", f"/ovning/{clusters[-1]}", *_own(page, site)) if name == "anna" else ())):
            wrong += faults(page, site.base + path, language)
        made.close()
    assert wrong == []


def _own(page: Page, site: Site) -> list[str]:
    """The pages of the list that an earlier test made, where there is one."""
    page.goto(site.base + "/besokslista")
    where = [node.get_attribute("href") or "" for node in page.locator("main a.name").all()[:1]]
    return [*where, *(path.replace("/besokslista/", "/aterkoppling/") + "/1" for path in where)]


def test_every_role_has_a_room(site: Site) -> None:
    for name in COLLEAGUES:
        client = site.client(name)
        assert client.get(client.get("/").to).status == 200, name
