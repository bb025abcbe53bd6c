"""Deciding on the page: once, on what was read, by two people, undone within ten minutes, with nothing lost when two meet."""

from __future__ import annotations

import pytest

from pipeline.casebook.belonging import standing_judgements
from tests.review.world import Client, Site


@pytest.fixture(scope="module")
def people(site: Site) -> dict[str, Client]:
    return {name: site.client(name) for name in ("anna", "bertil", "cissi")}


def stored(site: Site) -> list[tuple[str, str, str]]:
    with site.book() as book:
        return [(row[0], row[1], row[2]) for row in book.con.execute("SELECT cluster, decision, decider FROM judgement ORDER BY id").fetchall()]


def test_a_form_that_is_sent_twice_is_one_decision(site: Site, people: dict[str, Client], clusters: list[str]) -> None:
    anna = people["anna"]
    hidden = anna.open_cluster(clusters[0])
    first, again = (anna.decide(clusters[0], hidden=hidden) for _ in range(2))
    assert (first.status, again.to.split("gjort=")[1]) == (303, first.to.split("gjort=")[1])
    assert stored(site) == [(clusters[0], "approve", "anna")]


def test_the_second_person_reads_without_the_first_ones_reasons(site: Site, people: dict[str, Client], clusters: list[str]) -> None:
    anna, bertil = people["anna"], people["bertil"]
    page = bertil.get(f"/kluster/{clusters[0]}").text
    assert ("Andra läsningen" in page, "Rundresa och mall" in page, "<bdi>anna</bdi>: gå vidare" in page) == (True, False, False)
    assert 'id="beslut"' not in anna.get(f"/kluster/{clusters[0]}").text, "who decided has nothing left to decide"
    assert bertil.decide(clusters[0], alternative="En byrå", reason="Jag ser samma sak").status == 303
    page = bertil.get(f"/kluster/{clusters[0]}").text
    assert ("Rundresa och mall" in page, "Jag ser samma sak" in page, "Två personer har låtit det gå vidare." in page) == (True, True, True)
    with site.book() as book:
        assert book.con.execute("SELECT approver FROM approval").fetchall() == [("bertil",)]


def test_an_approver_who_is_the_decider_is_refused_by_the_database_and_the_page_says_why(site: Site, people: dict[str, Client], clusters: list[str]) -> None:
    anna = people["anna"]
    hidden = anna.open_cluster(clusters[1])
    assert anna.decide(clusters[1], hidden=hidden).status == 303
    with site.book() as book:
        number = book.con.execute("SELECT max(id) FROM judgement").fetchone()[0]
    forged = {**hidden, "todo": "second", "stand": str(number), "form": "another"}
    reply = anna.decide(clusters[1], hidden=forged)
    assert (reply.status, "Två beslut på" in reply.text) == (409, True)
    assert ("ditt är inte sparat" in reply.text, 'name="decision"' in reply.text) == (True, False), "where nothing can be chosen, no choice is offered"
    with site.book() as book:
        assert book.con.execute("SELECT count(*) FROM second_reading WHERE judgement = ?", (number,)).fetchone()[0] == 0


def test_two_people_who_decide_at_once_meet_on_a_merge_page_with_both_texts(site: Site, people: dict[str, Client], clusters: list[str]) -> None:
    bertil, cissi = people["bertil"], people["cissi"]
    hers, his = cissi.open_cluster(clusters[2]), bertil.open_cluster(clusters[2])
    assert cissi.decide(clusters[2], "approve", hidden=hers, reason="Cissis skäl").status == 303
    reply = bertil.decide(clusters[2], "dismiss", hidden=his, reason="Bertils skäl")
    assert (reply.status, "Cissis skäl" in reply.text, "Bertils skäl" in reply.text, "Spara mitt som andra läsning" in reply.text) == (409, True, True, True)
    bertil.last = reply.text.replace('<form method="post" action="/kluster/', '<form id="beslut" action="/kluster/')
    assert bertil.decide(clusters[2], "dismiss", hidden=bertil.hidden(), reason="Bertils skäl").status == 303
    page = people["anna"].get("/ko/oense").text
    assert ("Cissis skäl" in page, "Bertils skäl" in page) == (True, True)


def test_a_cluster_that_changed_under_the_reader_keeps_what_was_written(people: dict[str, Client], clusters: list[str]) -> None:
    cissi = people["cissi"]
    hidden = {**cissi.open_cluster(clusters[1]), "mark": "0" * 16}
    reply = cissi.decide(clusters[1], hidden=hidden, reason="Det här skrev jag")
    assert (reply.status, "ändrades medan du läste" in reply.text, 'value="Det här skrev jag"' in reply.text) == (409, True, True)


def test_a_decision_is_undone_within_ten_minutes_by_its_own_person_alone(site: Site, people: dict[str, Client], clusters: list[str]) -> None:
    anna, cissi = people["anna"], people["cissi"]
    with site.book() as book:
        number = book.con.execute("SELECT max(id) FROM judgement WHERE cluster = ?", (clusters[1],)).fetchone()[0]
    other = cissi.post("/beslut", {"judgement": number})
    assert (other.status, "Bara den som fattade ett beslut" in other.text) == (403, True)
    site.clock.ahead = 700
    late = anna.post("/beslut", {"judgement": number})
    assert (late.status, "Tio minuter har gått" in late.text) == (403, True)
    site.clock.ahead = 500
    assert anna.post("/beslut", {"judgement": number}).to == f"/kluster/{clusters[1]}?angrat=1"
    assert "Beslutet är taget tillbaka" in anna.get(f"/kluster/{clusters[1]}?angrat=1").text
    site.clock.ahead = 0
    assert 'value="first"' in anna.get(f"/kluster/{clusters[1]}").text


@pytest.mark.parametrize("change", [{"alternative": ""}, {"reason": "   "}, {"decision": "visit"}])
def test_what_is_not_whole_is_not_saved(site: Site, people: dict[str, Client], clusters: list[str], change: dict[str, str]) -> None:
    before = stored(site)
    reply = people["anna"].decide(clusters[1], **{"decision": "approve", **change}) if "decision" not in change else people["anna"].decide(clusters[1], "visit")
    assert (reply.status, stored(site)) == (400, before)


def test_numbers_that_a_colleague_types_are_kept_nowhere(site: Site, people: dict[str, Client], clusters: list[str]) -> None:
    reply = people["anna"].decide(clusters[1], "unsure", reason="Ring 070-174 06 99 den 2026-11-24", alternative="+46 70 174 06 98 är en väns")
    assert reply.status == 303
    with site.book() as book:
        row = book.con.execute("SELECT reason, alternative FROM judgement ORDER BY id DESC LIMIT 1").fetchone()
    assert row == ("Ring ••• den 2026-11-24", "••• är en väns")


def test_who_joins_two_clusters_cannot_decide_on_them(site: Site, people: dict[str, Client], clusters: list[str]) -> None:
    cissi = people["cissi"]
    cissi.open_cluster(clusters[1])
    reply = cissi.post(f"/kluster/{clusters[1]}/dela", {"kind": "join", "other": clusters[0], "reason": "Samma bild"})
    assert (reply.status, "Din bedömning är sparad" in cissi.get(reply.to).text) == (303, True)
    assert "Den som har fogat ett kluster" in cissi.decide(clusters[1], reason="x").text
    page = cissi.get(f"/kluster/{clusters[1]}").text
    assert ("hör ihop. Samma bild" in page, "Följs från nästa natt." in page) == (True, True)
    with site.book() as book:
        number = standing_judgements(book)[0].number
    assert cissi.post(f"/kluster/{clusters[1]}/dela", {"kind": "withdraw", "number": number, "reason": "Fel bild"}).status == 303
    assert "Samma bild" not in cissi.get(f"/kluster/{clusters[1]}").text
    nothing = cissi.post(f"/kluster/{clusters[1]}/dela", {"kind": "split", "reason": "Fel"})
    assert nothing.status == 400


def test_a_text_of_a_hundred_thousand_characters_is_not_cut_in_silence(site: Site, people: dict[str, Client], clusters: list[str]) -> None:
    before, long = stored(site), "ord " * 25_000
    reply = people["bertil"].decide(clusters[1], "unsure", reason=long, alternative="x")
    assert (reply.status, "högst 2000 tecken i varje fält" in reply.text, f'value="{long.strip()}"' in reply.text) == (413, True, True)
    beyond = people["anna"].post(f"/kluster/{clusters[1]}", {"reason": "å" * 100_000})
    assert (beyond.status, "det du skrev står kvar där" in beyond.text, stored(site)) == (413, True, before)


def test_the_audit_holds_every_read_and_stays_whole(site: Site) -> None:
    with site.book() as book:
        actions = {row[0] for row in book.con.execute("SELECT DISTINCT action FROM audit").fetchall()}
        assert book.first_broken_row() is None
    assert {"logged in", "read the queue", "read ads", "decided approve", "read second approve", "withdrew", "refused: withdrew", "judged same"} <= actions
