"""Two hundred hostile texts on their whole way: page, store, our page, terminal, spreadsheet, paper, calendar, log. Each place has its rule."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import logging
import re
import zipfile
import zlib
from pathlib import Path

import pytest
from icalendar import Calendar
from lxml import etree, html

from benchmarks.fuzz.page import ORIGIN, answered, hire, scope_of
from cli.terminal import as_json
from crawler.quiet_log import LineFormatter
from pipeline.importing import read_lines
from pipeline.keeping.analyst import Answer
from pipeline.keeping.exporting import as_bytes
from pipeline.outreach.papers.calendar import as_ics
from pipeline.outreach.papers.pdf import as_pdf
from pipeline.outreach.papers.tables import as_csv, as_xlsx
from pipeline.store import open_store
from review.app import build_app
from review.place import Place
from tests.cli.world import run
from tests.hostile.conftest import World
from tests.hostile.payloads import ALL, HEADER, LOG, PATHS
from tests.keeping.world import START
from tests.outreach.test_papers import COPY, ROW

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # all but tab and line break
FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠﹢﹣﹦]")
FOREIGN = {"iframe", "object", "embed", "base", "math", "style", "marquee", "template", "isindex", "noscript"}
LEADS = ("href", "src", "action", "formaction", "data")
COLUMNS = ("safe_wording", "why", "not_known", "alternatives", "person_safety", "follow_up", "legal", "interpreter")


def test_there_are_two_hundred_and_each_is_another() -> None:
    assert len(ALL) == len(set(ALL)) >= 200


def test_the_store_holds_what_the_page_said_to_the_letter(world: World) -> None:
    town = world.town
    con = open_store(town.home.store, key=town.home.key("store"), spill=town.home.spill, memory_limit="512MB", threads=1)
    stored = con.execute("SELECT title, body, venue, comments FROM ad_version ORDER BY title, body").fetchall()
    tables = con.execute("SELECT count(*) FROM duckdb_tables() WHERE database_name = 'store'").fetchall()
    con.close()
    assert stored == sorted((ad.title, ad.body, ad.venue, list(ad.comments)) for ad in world.ads)
    assert tables[0][0] > 20, "no table was dropped"
    assert sum(payload.strip() in ad.title + ad.body for payload in ALL for ad in world.ads) >= 200, "what was meant did arrive"


def pages_of(world: World) -> list[tuple[str, str]]:
    """Return (path, text) of the pages on which other people's text stands."""
    place = Place(world.town.home, clock=lambda: START)
    app, (reader, _) = build_app(place, origins=frozenset({ORIGIN})), hire(place, "coordinator")
    clusters = sorted({one.cluster for one in place.snapshot().candidates(place.outreach("sv"))})
    found = []
    for path in ("/ko", "/las-i-dag", *(f"/kluster/{cluster}" for cluster in clusters)):
        status, _, body = asyncio.run(answered(app, scope_of("GET", path, reader), b""))
        assert status == 200, path
        found.append((path, body.decode()))
    return found


def test_on_our_page_a_text_is_a_text(world: World) -> None:
    found = pages_of(world)
    assert sum("evil.example" in text or "alert(1)" in text for _, text in found) >= 2, "the texts are shown"
    for path, text in found:
        assert STEERING.findall(text) == [], path
        tree = html.document_fromstring(text)
        elements = list(tree.iter(etree.Element))
        assert {element.tag for element in elements} & FOREIGN == set(), path
        assert [element.get("src") for element in tree.iter("script")] == ["/fil/keys.js"], path
        values = [(name, str(value).lower()) for element in elements for name, value in element.attrib.items()]
        assert [name for name, value in values if name.startswith("on") or (name in LEADS and "javascript:" in value)] == [], path
        links = [element.get(name) for element in elements for name in LEADS if element.get(name)]
        assert [link for link in links if not re.match(r"[/#?](?![/\\])|[?#]?$|[\w-]+$", link) and not link.startswith("data:image/svg")] == [], path


@pytest.mark.parametrize("arguments", [["clusters"], ["urgent"], ["clusters", "--json"]])
def test_nothing_steers_the_terminal(world: World, arguments: list[str]) -> None:
    code, out, err = run(*arguments, "--home", str(world.town.home.root))
    assert (code in (0, 4), STEERING.findall(out + err)) == (True, [])
    if "--json" in arguments:
        assert json.loads(out)["version"] == 1


def test_json_steers_no_terminal_and_comes_back_whole() -> None:
    line = as_json({"texts": list(ALL)})
    assert (STEERING.findall(line), json.loads(line)["texts"]) == ([], list(ALL))


def rows() -> list[dict[str, object]]:
    """Return list rows that carry every payload in a field that people write."""
    groups = [ALL[at : at + len(COLUMNS)] for at in range(0, len(ALL), len(COLUMNS))]
    return [{**ROW, "row": number, **dict(zip(COLUMNS, group, strict=False))} for number, group in enumerate(groups, start=1)]


BODY = {"list_id": "L-abc12345", "created": "2026-11-23T06:00:00Z", "expires": "2026-11-30T06:00:00Z", "team": "Uppsökande", "rows": rows()}


def test_a_spreadsheet_holds_texts_alone(tmp_path: Path) -> None:
    table = list(csv.reader(io.StringIO(as_csv(BODY, COPY).decode("utf-8-sig"), newline="")))
    assert (len(table), [cell for row in table for cell in row if FORMULA.match(cell)]) == (len(BODY["rows"]) + 6, [])
    with zipfile.ZipFile(io.BytesIO(as_xlsx(BODY, COPY))) as book:
        names = book.namelist()
        parts = {name: etree.fromstring(book.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    assert [name for name in names if ".." in name or name.startswith("/") or "external" in name.lower()] == []
    assert [name for name, part in parts.items() for element in part.iter() if str(element.tag).endswith(("}f", "}hyperlink"))] == []
    assert [name for name, part in parts.items() for element in part.iter() if element.get("TargetMode") == "External"] == []
    shown = ["".join(item.itertext()) for item in parts["xl/sharedStrings.xml"]]
    assert [text for text in shown if FORMULA.match(text)] == []
    answer = Answer(columns=("=a",), types=("VARCHAR",), rows=tuple((payload,) for payload in ALL), cut=False)
    (tmp_path / "x.csv").write_bytes(as_bytes(answer, "x.csv"))
    exported = list(csv.reader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"), newline="")))
    assert (len(exported) >= len(ALL), [row for row in exported for cell in row if FORMULA.match(cell)]) == (True, [])


def test_paper_has_no_action_and_the_calendar_no_word_of_it() -> None:
    made = as_pdf(BODY, COPY)
    inflated = made + b"".join(_inflated(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL))
    assert made.startswith(b"%PDF-") and len(inflated) > len(made)
    assert [word for word in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/EmbeddedFile", b"/OpenAction", b"/SubmitForm") if word in _names(inflated)] == []
    calendar = as_ics(BODY, COPY)
    events = list(Calendar.from_ical(calendar).walk("VEVENT"))
    assert (len(events), {str(event["SUMMARY"]) for event in events}) == (len(BODY["rows"]), {str(events[0]["SUMMARY"])})
    assert [payload for payload in ALL if len(payload) > 8 and payload != "BEGIN:VALARM" and payload.encode() in calendar] == []
    assert [line for line in calendar.split(b"\r\n") if len(line) > 75 or b"\n" in line or b"ATTENDEE" in line or b"ATTACH" in line] == []


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


def _names(content: bytes) -> set[bytes]:
    """Return the names of a PDF's objects; what stands in a string of text is none."""
    return set(re.findall(rb"/[A-Za-z]+", re.sub(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>", b"", content)))


def test_a_log_line_is_one_line_whatever_it_quotes() -> None:
    for payload in (*LOG, *ALL):
        line = LineFormatter().format(logging.LogRecord("crawler", logging.INFO, "x.py", 1, "%s not understood", (payload,), None))
        assert (len(line.splitlines()), STEERING.findall(line), "a:b@" in line) == (1, [], False), payload
        assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO crawler: ", line)


def test_no_header_is_made_of_what_was_sent(world: World) -> None:
    place = Place(world.town.home, clock=lambda: START)
    app = build_app(place, origins=frozenset({ORIGIN}))
    for payload in (*HEADER, *PATHS):
        for path, query in (("/sprak/en", b"till=" + _quoted(payload)), (f"/besokslista/{payload}", b""), ("/fil/" + payload, b"")):
            status, headers, _ = asyncio.run(answered(app, scope_of("GET", path, "", query=query), b""))
            where = headers.get("location", "/")
            assert (status < 500, re.search(r"[\x00-\x1f]", "".join(headers.values()))) == (True, None), payload
            assert re.match(r"/(?![/\\])", where), payload
            assert {name.lower() for name in headers} & {"set-cookie"} == ({"set-cookie"} if path == "/sprak/en" else set())


def _quoted(text: str) -> bytes:
    return "".join(f"%{byte:02X}" for byte in text.encode()).encode()


def test_no_path_leads_out_and_no_line_of_an_import_breaks_another(tmp_path: Path) -> None:
    lines = [json.dumps({"site": payload, "url": payload, "seen": ["2026-09-01"], "title": payload, "images": [payload]}) for payload in ALL]
    ads, refused = read_lines("\n".join(lines).encode(), START)
    assert ([ad.url for ad in ads], refused) == (list(ALL), [])
