"""Coming in: passwords with patience, one-time links, sessions that end, and addresses that lead nowhere else."""

from __future__ import annotations

from urllib.parse import quote

from tests.review.world import PASSWORD, Client, Site


def test_a_wrong_password_says_what_to_do_and_five_close_the_account(site: Site) -> None:
    client = site.client()
    replies = [client.post("/logga-in", {"name": "ana", "password": "fel lösenord helt"}, token=False) for _ in range(6)]
    assert [reply.status for reply in replies] == [403] * 6
    assert ("Fel namn eller lösenord. Försök igen" in replies[0].text, "Fem fel lösenord på en kvart" in replies[5].text) == (True, True)
    assert client.post("/logga-in", {"name": "ana", "password": PASSWORD}, token=False).status == 403
    site.clock.ahead = 16 * 60
    assert client.post("/logga-in", {"name": "ana", "password": PASSWORD}, token=False).status == 303
    site.clock.ahead = 0


def test_a_session_ends_after_fifteen_idle_minutes_and_eight_hours(site: Site) -> None:
    anna = site.client("anna")
    assert anna.get("/ko").status == 200
    site.clock.ahead = 14 * 60
    assert anna.get("/ko").status == 200
    site.clock.ahead = 30 * 60
    assert anna.get("/ko").to.startswith("/logga-in")
    assert "Du är utloggad" in anna.post("/beslut", {"judgement": 1}).text
    site.clock.ahead = 0
    bertil = site.client("bertil")
    for minutes in range(0, 8 * 60, 14):
        site.clock.ahead = minutes * 60
        assert bertil.get("/ko").status == 200, minutes
    site.clock.ahead = 8 * 3600 + 60
    assert bertil.get("/ko").status == 303
    site.clock.ahead = 0


def test_the_cookie_is_bound_to_the_host_and_new_at_every_log_in(site: Site) -> None:
    client = site.client()
    reply = client.post("/logga-in", {"name": "anna", "password": PASSWORD}, token=False)
    cookie = reply.headers["set-cookie"]
    assert cookie.startswith("__Host-lykta=") and cookie.endswith("; Path=/; Secure; HttpOnly; SameSite=Strict")
    first = client.jar["__Host-lykta"]
    client.post("/logga-in", {"name": "anna", "password": PASSWORD}, token=False)
    assert client.jar["__Host-lykta"] != first
    stolen = Client(port=site.port, jar={"__Host-lykta": first})
    assert stolen.get("/ko").status == 303, "the old token is dead"
    client.get("/ko")
    client.post("/logga-ut", {})
    assert client.get("/ko").status == 303


def test_a_one_time_link_works_once_and_for_two_days(site: Site) -> None:
    disa = site.client("disa")
    disa.get("/konton")
    made = disa.post("/konton", {"name": "ny.kollega", "role": "coordinator", "organisation": "Stadsmissionen", "note": "yes"})
    link = made.text.split("<code>")[1].split("</code>")[0]
    newcomer = site.client()
    assert "ny.kollega" in newcomer.get(link).text
    assert newcomer.post(link, {"password": "kort", "again": "kort"}).status == 400
    assert newcomer.post(link, {"password": "en alldeles ny mening", "again": "en annan ny mening"}).status == 400
    assert newcomer.post(link, {"password": "en alldeles ny mening", "again": "en alldeles ny mening"}).to == "/logga-in"
    again = newcomer.get(link)
    assert (again.status, "Be administratören om en ny" in again.text) == (410, True)
    assert newcomer.log_in("ny.kollega", "en alldeles ny mening").get("/ko").status == 200
    disa.get("/konton")
    other = disa.post("/konton/ny.kollega", {"what": "link"}).text.split("<code>")[1].split("</code>")[0]
    site.clock.ahead = 49 * 3600
    assert site.client().get(other).status == 410
    site.clock.ahead = 0


def test_a_closed_account_is_out_at_once_and_an_unsigned_one_never_in(site: Site) -> None:
    disa = site.client("disa")
    disa.get("/konton")
    link = disa.post("/konton", {"name": "tillfällig", "role": "coordinator", "organisation": "Kommunen"}).text.split("<code>")[1].split("</code>")[0]
    site.client().post(link, {"password": "en alldeles ny mening", "again": "en alldeles ny mening"})
    refused = site.client().post("/logga-in", {"name": "tillfällig", "password": "en alldeles ny mening"}, token=False)
    assert (refused.status, "sekretessförbindelsen" in refused.text) == (403, True)
    disa.get("/konton")
    disa.post("/konton/tillf%C3%A4llig", {"what": "note"})
    client = site.client().log_in("tillfällig", "en alldeles ny mening")
    assert client.get("/ko").status == 200
    disa.get("/konton")
    assert disa.post("/konton/tillf%C3%A4llig", {"what": "close"}).status == 303
    assert client.get("/ko").status == 303


def test_the_address_after_log_in_never_leads_away(site: Site) -> None:
    for path in ("//evil.example", "https://evil.example", "/\\evil.example", "/logga-ut", "/ko\r\nX: y"):
        reply = site.client().post("/logga-in", {"name": "cissi", "password": PASSWORD, "to": path}, token=False)
        assert reply.to in ("/", "/ko?fortsatt=1"), path
        assert site.client().get("/sprak/en?till=" + quote(path, safe="")).to == "/", path
    assert site.client().post("/logga-in", {"name": "cissi", "password": PASSWORD, "to": "/tips"}, token=False).to == "/tips"


def test_who_was_in_the_middle_of_something_is_offered_to_go_on(site: Site, clusters: list[str]) -> None:
    anna = site.client("anna")
    anna.get(f"/kluster/{clusters[1]}")
    back = site.client().post("/logga-in", {"name": "anna", "password": PASSWORD}, token=False)
    assert back.to == "/ko?fortsatt=1"
    assert anna.get("/ko/fortsatt").to == f"/kluster/{clusters[1]}"


def test_english_is_a_switch_that_stays_for_what_the_pipeline_says_too(site: Site, clusters: list[str]) -> None:
    anna = site.client("anna")
    reply = anna.get("/sprak/en?till=/ko")
    assert (reply.to, "To read today" in anna.get("/ko").text, 'lang="en"' in anna.get("/ko").text) == ("/ko", True, True)
    page = anna.get(f"/kluster/{clusters[0]}").text
    assert ("Without “" in page or "without “" in page, "Utan ”" in page or "utan ”" in page) == (True, False)
