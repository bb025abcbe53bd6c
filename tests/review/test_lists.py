"""Lists on the page: numbered copies that expire, contacts opened for a purpose, outcomes, figures, week, tips, requests, texts, training."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator

import pytest

from tests.review.world import Client, Reply, Site

NUMBER = re.compile(r"\+?\d[\d -]{6,}\d")
EIGHTEEN = str([0] * 18)
DATED = re.compile(r"20\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?|2025:400|L-\w+|Ä-\w+|\d\d:\d\d")


@pytest.fixture(scope="module")
def people(site: Site, clusters: list[str]) -> dict[str, Client]:
    made = {name: site.client(name) for name in ("anna", "bertil", "olle", "dag")}
    for cluster in clusters[:2]:
        assert made["anna"].decide(cluster).status == 303
        assert made["bertil"].decide(cluster).status == 303
    return made


@pytest.fixture(scope="module")
def listed(people: dict[str, Client]) -> str:
    people["anna"].get("/besokslista")
    reply = people["anna"].post("/besokslista", {})
    assert re.fullmatch(r"/besokslista/L-\w+", reply.to), reply.text
    return reply.to


@pytest.fixture
def back(site: Site) -> Iterator[None]:
    yield
    site.clock.ahead = 0


def files(client: Client, listed: str, *forms: str) -> Iterator[Reply]:
    client.get(listed)
    for form in forms:
        yield client.post(f"{listed}/fil", {"form": form})


def test_a_list_on_the_page_holds_no_number_no_name_and_no_text(people: dict[str, Client], listed: str) -> None:
    page = people["olle"].get(listed)
    text = re.sub(r"<[^>]+>", " ", page.text)
    assert page.status == 200
    assert not NUMBER.search(DATED.sub("", text)) and not re.search(r"\b(Lina|Tess|Ida)\b|fönster|script>alert", text)


def test_every_copy_is_numbered_and_names_who_took_it_out(site: Site, people: dict[str, Client], listed: str) -> None:
    pdf, xlsx, table, ics = files(people["olle"], listed, "pdf", "xlsx", "csv", "ics")
    assert [reply.headers["content-disposition"].rsplit("'")[-1] for reply in (pdf, xlsx, table, ics)] == [
        f"{listed[13:]}-{number}.{form}" for number, form in enumerate(("pdf", "xlsx", "csv", "ics"), start=1)
    ]
    rows = list(csv.reader(io.StringIO(table.body.decode("utf-8-sig"))))
    assert (rows[0], rows[1], rows[3][0].startswith("Uttagen av olle ")) == (["PÅHITTAT"], [f"Lista {listed[13:]}, exemplar 3"], True)
    with zipfile.ZipFile(io.BytesIO(xlsx.body)) as book:
        cells = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert ("<f>" in cells, "exemplar 2" in strings, "Uttagen av olle" in strings) == (False, True, True)
    entries = ics.text
    assert ("SUMMARY:Möte" in entries, "CLASS:PRIVATE" in entries, "massage" in entries.lower()) == (True, True, False)
    for content in (table.body.decode("utf-8-sig"), strings, re.sub(r"DT\w+[:;=A-Z]*\d+", "", entries)):
        assert not NUMBER.search(DATED.sub("", content)), content
    assert "olle" in people["anna"].get(listed).text.split("Uttagna exemplar")[1]


def test_a_list_is_gone_after_its_expiry(site: Site, people: dict[str, Client], listed: str) -> None:
    with site.book() as book:
        book.con.execute("UPDATE outreach_list SET expires = '2026-01-01T00:00:00Z' WHERE list_id = ?", (listed[13:],))
    for reply in (people["olle"].get(listed), *files(people["olle"], listed, "pdf")):
        assert (reply.status, "Listan har gått ut" in reply.text) == (410, True)
    with site.book() as book:
        book.con.execute("UPDATE outreach_list SET expires = '2099-01-01T00:00:00Z' WHERE list_id = ?", (listed[13:],))
        assert book.con.execute("SELECT count(*) FROM audit WHERE action = 'refused: expired list'").fetchone()[0] >= 2


def test_a_contact_is_opened_for_a_purpose_twenty_times_a_day(site: Site, people: dict[str, Client], listed: str, back: None) -> None:
    olle = people["olle"]
    olle.get(listed)
    without = olle.post(f"{listed}/visa", {"row": 1, "purpose": "x"})
    assert (without.status, "Ett ändamål krävs" in without.text) == (403, True)
    shown = olle.post(f"{listed}/visa", {"row": 1, "purpose": "besök i kväll"})
    assert re.search(r'class="secret" data-hide-after="60"><bdi>\+46701740\d{3}</bdi>', shown.text)
    assert shown.headers["refresh"] == f"60; url={listed}"
    assert "secret" not in olle.get(listed).text
    with site.book() as book:
        again = "INSERT INTO reveal (user, subject, purpose, at) SELECT user, subject, purpose, at FROM reveal, json_each(?) WHERE user = 'olle'"
        book.con.execute(again, (EIGHTEEN,))
    replies = [olle.post(f"{listed}/visa", {"row": 1, "purpose": "besök i kväll"}) for _ in range(2)]
    assert [reply.status for reply in replies] == [200, 403]
    site.clock.ahead = 0
    with site.book() as book:
        assert book.con.execute("SELECT count(*), count(DISTINCT purpose) FROM reveal WHERE user = 'olle'").fetchone() == (20, 1)


def test_an_outcome_starts_its_cooldown_and_harm_is_described(site: Site, people: dict[str, Client], listed: str) -> None:
    olle, where = people["olle"], f"/aterkoppling/{listed[13:]}/1"
    assert olle.get(where).status == 200
    assert "Skada ska beskrivas" in olle.post(where, {"code": "adverse_effect"}).text
    assert olle.post(where, {"code": "flew_away"}).status == 400
    assert olle.post(where, {"code": "declined_now", "offer": ["hälsa"], "note": "ring 070-174 06 05"}).to == "/aterkoppling?sparat=1"
    with site.book() as book:
        assert book.con.execute("SELECT code, offers, note FROM outcome").fetchall() == [("declined_now", '["hälsa"]', "ring •••")]
        assert book.con.execute("SELECT outcome, answered, declined FROM visit").fetchall() == [("declined_now", 1, 1)]
    assert "Avböjde för 0 dagar sedan; vänta 90 dagar." in people["anna"].get(_cluster(site, listed)).text


def _cluster(site: Site, listed: str) -> str:
    with site.book() as book:
        row = book.con.execute(
            "SELECT cluster FROM outreach_row JOIN judgement ON judgement.id = judgement WHERE list_id = ? AND row = 1", (listed[13:],)
        ).fetchone()
    return f"/kluster/{row[0]}"


def test_few_are_never_counted(people: dict[str, Client]) -> None:
    page = people["anna"].get("/statistik").text
    cells = re.findall(r'<td class="num right">(?:<b>)?([^<]+)', page)
    assert cells and not [cell for cell in cells if cell in ("1", "2", "3", "4")]


def test_the_week_gives_each_row_a_pair_and_a_reason(people: dict[str, Client]) -> None:
    anna = people["anna"]
    anna.get("/vecka")
    assert anna.post("/vecka", {"name": "Par ett", "visits": 3, "municipality": ["1283", "1880"]}).status == 303
    assert anna.post("/vecka", {"name": "Par två", "visits": 0}).status == 400
    page = anna.get("/vecka").text
    assert "Par ett" in page and re.search("Första lediga dag|Paret är redan i kommunen|Inget par täcker kommunen", page)


def test_a_tip_says_at_once_what_it_touches_and_keeps_no_number(site: Site, people: dict[str, Client], clusters: list[str]) -> None:
    anna = people["anna"]
    anna.get("/tips")
    sent = anna.post(
        "/tips", {"source": "hotel", "kind": "phone", "contact": "070-174 06 10", "seen": "Flera byten om dagen, 070-174 06 10", "venue": "Hotell"}
    )
    page = anna.get(sent.to).text
    assert re.search(r"Tipset är sparat och rör kluster <a href=\"/kluster/k-\w+\"", page) and "Klustret läses redan av er" in page
    assert "0701740610" not in page.replace("-", "").replace(" ", "") and "•••610" in page
    unknown = anna.get(anna.post("/tips", {"source": "street", "contact": "070-174 06 97", "kind": "phone", "seen": "Något"}).to).text
    assert "Det rör inget kluster" in unknown
    assert anna.post("/tips", {"source": "street", "contact": "12", "kind": "phone", "seen": "Något"}).status == 400
    assert anna.post("/tips", {"source": "police", "seen": "Något"}).status == 400
    site.clock.ahead = 0


def test_a_request_stops_lists_and_is_settled_by_the_officer_alone(site: Site, people: dict[str, Client], clusters: list[str]) -> None:
    anna, dag = people["anna"], people["dag"]
    anna.get("/registerutdrag")
    assert anna.post("/registerutdrag", {"wish": "dnc", "kind": "phone", "contact": "070-174 06 05", "asked": "Sagt vid dörren"}).status == 303
    assert anna.post("/registerutdrag", {"wish": "access", "kind": "phone", "contact": "070-174 06 10", "asked": "Brev"}).status == 303
    page = anna.get("/registerutdrag").text
    assert ("Kontaktuppgiften bär 4 personer" in page, "Utför" in page, "1740605" in page) == (True, False, False)
    with site.book() as book:
        assert len(book.do_not_contact()) == 2
    assert anna.post("/registerutdrag/W-1", {"answer": "grant", "identity": "x"}).status == 403
    dag.get("/registerutdrag")
    assert "Kontrollen ska skrivas ned" in dag.post("/registerutdrag/W-1", {"answer": "grant", "identity": ""}).text
    assert dag.post("/registerutdrag/W-1", {"answer": "grant", "identity": "Legitimation visad"}).status == 303
    given = dag.post("/registerutdrag/W-2", {"answer": "grant", "identity": "Legitimation visad"})
    assert (given.status, given.headers["content-disposition"].endswith("W-2.json"), "exempel.example/1/" in given.text) == (200, True, True)
    with site.book() as book:
        assert book.con.execute("SELECT state FROM wish ORDER BY id").fetchall() == [("granted",), ("granted",)]
        assert len(book.do_not_contact()) == 1, "who asked to see what is kept may be contacted again; who said no may not"


def test_a_draft_is_locked_until_a_native_reader_approved_this_wording(site: Site, people: dict[str, Client]) -> None:
    anna = people["anna"]
    page = anna.get("/meddelanden").text
    assert (page.count("låst utkast"), page.count("får användas")) == (5, 2)
    assert anna.post("/meddelanden", {"language": "th", "reader": "N. N.", "organisation": "Exempel"}).status == 400
    assert anna.post("/meddelanden", {"language": "th", "reader": "N. N.", "organisation": "Exempel", "native": "yes"}).status == 303
    assert anna.get("/meddelanden").text.count("får användas") == 3
    site.book().con.execute("UPDATE text_approval SET text_hash = 'another wording'")
    assert anna.get("/meddelanden").text.count("får användas") == 2


def test_training_is_compared_with_the_truth_and_touches_no_decision(site: Site, people: dict[str, Client]) -> None:
    anna, bertil = people["anna"], people["bertil"]
    before = site.book().con.execute("SELECT count(*) FROM judgement").fetchone()
    cases = sorted(set(re.findall(r'href="(/ovning/k-\w+)"', anna.get("/ovning").text)))
    assert anna.get(cases[0]).status == 200
    assert "påhittat" in anna.last
    assert anna.post(cases[0], {"decision": "dismiss", "reason": "Ser inget"}).status == 303
    bertil.get(cases[0])
    bertil.post(cases[0], {"decision": "approve", "reason": "Ser mall"})
    page = anna.get("/ovning").text
    assert ("ni skiljer er" in page, "Sanningen" in page, site.book().con.execute("SELECT count(*) FROM judgement").fetchone()) == (True, True, before)


def test_a_nominated_cluster_waits_in_the_queue_with_its_reason(site: Site, people: dict[str, Client]) -> None:
    anna = people["anna"]
    con = site.place.snapshot()
    weak = con.read(lambda opened: opened.execute("SELECT cluster_id FROM cluster LEFT JOIN cluster_priority USING (cluster_id) WHERE band IS NULL").fetchall())
    if not weak:
        weak = [(re.findall(r"/kluster/(k-\w+)", anna.get("/ko").text)[0],)]
    anna.get(f"/kluster/{weak[0][0]}")
    assert anna.post(f"/kluster/{weak[0][0]}/nominera", {"reason": ""}).status == 403
    assert anna.post(f"/kluster/{weak[0][0]}/nominera", {"reason": "Fältet har sett samma sak"}).status == 303
    assert "nominerad" in anna.get("/ko").text


def test_the_child_route_is_shown_nowhere_else(site: Site, people: dict[str, Client]) -> None:
    swedish, english = (site.client("sara", language=language).get("/barn").text for language in ("sv", "en"))
    assert ["/ung" in swedish, "ålder under 18" in swedish, "Möjligt barn" in swedish] == [True] * 3
    assert ["/ung" in english, "age under 18" in english, "Possibly a child" in english, "Möjligt" in english] == [True, True, True, False]
    for path in ("/ko", "/las-i-dag", "/salonger", "/statistik", "/halsa", "/ovning", "/besokslista"):
        page = people["anna"].get(path).text
        assert "exempel.example/ung" not in page and "Ella" not in page, path


def test_who_is_erased_is_gone_from_every_page_at_once(site: Site, people: dict[str, Client]) -> None:
    anna, dag = people["anna"], people["dag"]
    third = next(name for name in re.findall(r"/kluster/(k-\w+)", anna.get("/ko").text) if "exempel.example/2/" in anna.get(f"/kluster/{name}").text)
    anna.get("/registerutdrag")
    anna.post("/registerutdrag", {"wish": "erase", "kind": "phone", "contact": "070-174 06 15", "asked": "Brev"})
    dag.get("/registerutdrag")
    assert dag.post("/registerutdrag/W-3", {"answer": "grant", "identity": "Legitimation visad"}).status == 303
    gone = anna.get(f"/kluster/{third}")
    assert (gone.status, "exempel.example/2/" in gone.text) == (404, False)
