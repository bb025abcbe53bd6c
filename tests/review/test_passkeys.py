"""Passkeys: made on the account page, log in, count their uses, work once a challenge, and go with what made them safe."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from pipeline.casebook.passkeys import passkeys
from review.passkeys import Passkeys, Unproved
from tests.review.world import PASSWORD, Client, Site

DEVICE = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
          "automaticPresenceSimulation": True}  # fmt: skip
NOW = datetime(2026, 11, 3, 9, 0)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    made = context.new_page()
    made.on("pageerror", lambda error: pytest.fail(str(error)))
    yield made
    context.close()


def with_device(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that holds keys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


def send(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.click(button)


def test_a_key_is_added_logs_in_is_counted_and_removed(site: Site, page: Page) -> None:
    local, (session, device) = site.base.replace("127.0.0.1", "localhost"), with_device(page)
    page.goto(local + "/logga-in?till=/mitt-konto")
    page.fill("[name=name]", "ana")
    page.fill("[name=password]", PASSWORD)
    send(page, "button.main")
    for password in ("fel lösenord helt", PASSWORD):
        page.fill("[name=label]", "jobbtelefonen")
        page.fill("[name=password]", password)
        send(page, "button.main")
    assert page.locator(".rows td.name").all_inner_texts() == ["jobbtelefonen"]
    with site.book() as book:
        (kept,) = passkeys(book, "ana")
    send(page, "header button")
    send(page, "form[data-passkey] button")
    assert (page.url, page.inner_text("header .who a")) == (local + "/statistik", "ana, analytiker")
    with site.book() as book:
        (used,) = passkeys(book, "ana")
        book.con.execute("UPDATE passkey SET counter = 1000")
    assert (used.counter > kept.counter, used.used_at > kept.used_at == "") == (True, True)
    send(page, "header button")
    send(page, "form[data-passkey] button")
    assert (page.url, "Nyckeln godtogs inte" in page.inner_text(".problem")) == (local + "/logga-in/nyckel", True), "a copy counts less than the device"
    with site.book() as book:
        book.con.execute("UPDATE passkey SET counter = ?", (used.counter,))
    send(page, "form[data-passkey] button")
    page.goto(local + "/mitt-konto")
    send(page, ".rows button")
    assert page.locator(".rows").count() == 0 and session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    send(page, "header button")
    send(page, "form[data-passkey] button")
    assert "Nyckeln godtogs inte" in page.inner_text(".problem"), "a key that was removed opens nothing"
    with site.book() as book:
        acts = [row[0] for row in book.con.execute("SELECT action FROM audit WHERE action LIKE '%passkey%' OR subject = 'passkey' ORDER BY sequence")]
    assert acts == ["passkey added", "passkey used", "log-in refused", "passkey used", "passkey removed", "log-in refused"]


def test_at_an_address_without_a_name_the_password_alone_is_offered(site: Site, page: Page) -> None:
    with_device(page)
    page.goto(site.base + "/logga-in")
    assert (page.locator("form[data-passkey]").is_visible(), page.locator("[name=password]").is_visible()) == (False, True)


def answering(challenge: str, kind: str = "webauthn.get") -> str:
    told = base64.urlsafe_b64encode(json.dumps({"type": kind, "challenge": challenge, "origin": "https://lykta.exempel.se"}).encode()).decode().rstrip("=")
    return json.dumps(
        {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": told, "authenticatorData": "AAAA", "signature": "AAAA"}}
    )


def test_a_challenge_is_answered_once_in_time_for_its_purpose_and_on_this_page_alone() -> None:
    keys = Passkeys(frozenset({"http://127.0.0.1:8460", "http://localhost:8460", "https://lykta.exempel.se"}))
    assert (keys.name, keys.origins) == ("lykta.exempel.se", ["https://lykta.exempel.se"])

    def said(answer: str, later: timedelta = timedelta(), by: Passkeys = keys) -> str:
        with pytest.raises(Unproved) as refused:
            by.logged_in(answer, lambda name: None, now=NOW + later)
        return str(refused.value)

    asked = [json.loads(keys.to_log_in(now=NOW))["challenge"] for _ in range(2)]
    registering = json.loads(keys.to_register("anna", [], now=NOW))["challenge"]
    answer = answering(asked[0])
    assert [said(answer), said(answer)] == ["unknown key", "the challenge ended"]
    assert said(answering(asked[1]), timedelta(minutes=6)) == "the challenge ended"
    assert [said(answering(one)) for one in (registering, "AAAA", "")] == ["foreign challenge"] * 3
    assert said(answering(asked[1]), by=Passkeys(frozenset())) == "foreign challenge", "a restart ends them all"
    assert [said(text) for text in ("", "[]", "{}", "null")] == ["no challenge"] * 4
    with pytest.raises(Unproved, match="foreign challenge"):
        keys.registered("bertil", answering(registering, "webauthn.create"), now=NOW)


def test_a_new_password_by_link_and_a_closed_account_remove_every_key(site: Site) -> None:
    with site.book() as book:
        for name in ("olle", "dag"):
            book.con.execute("INSERT INTO passkey VALUES (?, ?, 'ab', 0, 'x', ?, NULL)", (name, name, NOW.isoformat()))
    disa = site.client("disa")
    disa.get("/konton")
    link = disa.post("/konton/olle", {"what": "link"}).text.split("<code>")[1].split("</code>")[0]
    assert Client(port=site.port).post(link, {"password": "en alldeles ny mening", "again": "en alldeles ny mening"}).status == 303
    disa.get("/konton")
    disa.post("/konton/dag", {"what": "close"})
    with site.book() as book:
        assert book.con.execute("SELECT count(*) FROM passkey").fetchone() == (0,)
