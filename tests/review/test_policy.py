"""Every route, without log-in, with every role, without token, from elsewhere."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from pipeline.failure import Failure
from review.app import build_app
from review.policy import ANYBODY, POLICY, ROLES, allowed
from review.routes import ENTRIES
from review.security import CSP
from tests.review.world import COLLEAGUES, Client, Site

S1 = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
WHO = {role: name for name, role in COLLEAGUES.items() if name != "bertil"}
OWN = ("log_out", "own_account", "key_add", "key_remove")
FILLED = {
    "token": "x", "code": "sv", "name": "style.css", "cluster": "k-none", "list_id": "L-none", "row": "1", "number": "1", "case": "k-none", "wish": "w-none",
}  # fmt: skip


def address(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: FILLED[match.group(1)], path)


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Client]:
    return {role: site.client(name) for role, name in WHO.items()}


def test_a_route_without_a_policy_stops_the_start(site: Site) -> None:
    extra = dataclasses.replace(ENTRIES[0], name="secret", path="/secret")
    with pytest.raises(Failure, match="Routes without a policy: secret"):
        build_app(site.place, origins=frozenset(), entries=[*ENTRIES, extra])
    with pytest.raises(Failure, match="Policies without a route: start"):
        build_app(site.place, origins=frozenset(), entries=ENTRIES[1:])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_nobody_comes_in_without_log_in(site: Site, entry) -> None:  # type: ignore[no-untyped-def]
    client = site.client()
    reply = client.get(address(entry.path)) if entry.method == "GET" else client.post(address(entry.path), {})
    if POLICY[entry.name] is ANYBODY:
        assert reply.status in (200, 303, 403, 410), entry.name
    elif entry.method == "GET":
        assert (reply.status, reply.to.startswith("/logga-in?till=")) == (303, True)
    else:
        assert (reply.status, "Du är utloggad" in reply.text) == (403, True)


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if POLICY[entry.name] is not ANYBODY], ids=lambda entry: entry.name)
def test_each_role_opens_what_the_table_says_and_nothing_else(everybody: dict[str, Client], entry) -> None:  # type: ignore[no-untyped-def]
    for role in ROLES:
        client = everybody[role]
        if entry.name == "log_out":
            continue
        reply = client.get(address(entry.path)) if entry.method == "GET" else client.post(address(entry.path), {})
        denied = reply.status == 403 and "Din roll öppnar inte den här sidan" in reply.text
        assert denied is not allowed(entry.name, role), (entry.name, role, reply.status)
        assert reply.status < 500, (entry.name, role, reply.text)


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.method == "POST" and POLICY[entry.name] is not ANYBODY], ids=lambda entry: entry.name)
def test_a_form_without_its_token_or_from_elsewhere_changes_nothing(everybody: dict[str, Client], entry) -> None:  # type: ignore[no-untyped-def]
    client = everybody[next(role for role in ROLES if allowed(entry.name, role))]
    path = address(entry.path)
    bare = client.post(path, {}, token=False)
    wrong = client.post(path, {"csrf": "x"}, token=False)
    foreign = client.post(path, {}, headers={"Origin": "https://evil.example"})
    hidden = client.post(path, {}, headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"})
    assert [(reply.status, title in reply.text) for reply, title in zip(
        (bare, wrong, foreign, hidden), ("gäller inte längre", "gäller inte längre", "kom från en annan sida", "kom från en annan sida"), strict=True
    )] == [(403, True)] * 4  # fmt: skip


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.method == "GET"], ids=lambda entry: entry.name)
def test_every_answer_carries_the_security_headers(everybody: dict[str, Client], entry) -> None:  # type: ignore[no-untyped-def]
    role = next((role for role in ROLES if allowed(entry.name, role)), "coordinator")
    headers = everybody[role].get(address(entry.path)).headers
    assert CSP == S1
    assert [headers.get(name) for name in ("content-security-policy", "x-content-type-options", "referrer-policy")] == [S1, "nosniff", "no-referrer"]
    assert headers["cache-control"] == ("private, max-age=3600" if entry.name == "static" else "no-store")


def test_a_clusters_page_alone_may_ask_our_own_server(site: Site, clusters: list[str]) -> None:
    anna = site.client("anna")
    found = {
        path: anna.get(path).headers["content-security-policy"].removeprefix(S1)
        for path in (f"/kluster/{clusters[-1]}", "/ko", f"/kluster/{clusters[-1]}/dela")
    }
    assert list(found.values()) == ["; connect-src 'self'", "", ""], found


def test_an_administrator_sees_no_ads_and_an_outreach_worker_no_queue() -> None:
    assert [name for name in POLICY if "admin" in POLICY[name] and POLICY[name] is not ANYBODY] == [
        "start", *OWN, "health", "health_metrics", "accounts", "account_send", "account_change",
    ]  # fmt: skip
    assert not any(allowed(name, "outreach") for name in ("queue", "cluster", "decide", "urgent", "safeguarding", "log"))
    assert [name for name in POLICY if allowed(name, "safeguarding") and POLICY[name] is not ANYBODY] == ["start", *OWN, "safeguarding", "hold_send"]


def test_the_page_asks_nothing_of_the_network() -> None:
    folder = Path(__file__).resolve().parents[2] / "review"
    for path in [*folder.rglob("*.html"), *folder.rglob("*.css"), *folder.rglob("*.js")]:
        text = path.read_text("utf-8")
        assert not re.search(r"(?:src|href|action)=[\"']?(?:https?:)?//|url\(\s*[\"']?(?:https?:)?//|@import", text), path.name
        assert "|safe" not in text and "innerHTML" not in text and "style=" not in text, path.name
