"""Files of a list: no formula, no forbidden field, tagged PDF, neutral calendar."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pipeline.outreach.papers.calendar import as_ics
from pipeline.outreach.papers.layout import Copy, columns, safe
from pipeline.outreach.papers.pdf import as_pdf, as_pictures
from pipeline.outreach.papers.tables import as_csv, as_xlsx

COPY = Copy(number=3, by="anna", at="2026-11-24 18:00", made_up=True, language="sv")
ROW = {
    "row": 1, "case": "Ä-1F2A3B", "lane": "R3", "band": "A", "municipality": "1283", "venue_type": "okänd", "channel": "message",
    "safe_wording": "Hej!", "last_seen": "2026-11-23T03:00:00Z", "expected_to_leave": "2026-12-01", "why": ["Samma telefon."],
    "not_known": ["Om de har valt detta."],
    "alternatives": ["Vänner"], "interpreter": "behövs inte", "people_possible": 3, "children_possible": "okänt", "person_safety": "neutral text",
    "team_safety": 1,
    "participants": "två", "offers": ["hälsa"], "previous": [], "dnc_checked_at": "2026-11-23T06:00:00Z",
    "approvals": [{"by": "anna", "at": "2026-11-23T06:00:00Z"}, {"by": "bertil", "at": "2026-11-23T07:00:00Z"}], "legal": "SoL 2025:400", "follow_up": "anna",
}  # fmt: skip


def body(**change: Any) -> dict[str, Any]:
    return {"list_id": "L-abc12345", "created": "2026-11-23T06:00:00Z", "expires": "2026-11-30T06:00:00Z", "team": "Uppsökande", "rows": [{**ROW, **change}]}


HOSTILE = st.text(min_size=1, max_size=30).map(lambda text: text.replace("\x00", "")) | st.sampled_from(
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠A", " =1", "\ufeff=1", "'=1", "=cmd|' /C calc'!A0"]
)


@given(HOSTILE)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    shown = safe(text)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) and shown.endswith(text)


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://evil.example")', "＝1", "@SUM(A1)", "http://evil.example", "{=1}"])
def test_a_workbook_and_a_table_hold_texts_alone(text: str) -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(body(person_safety=text, why=[text]), COPY))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        kinds = set(re.findall(r"<c [^>]*t=\"(\w+)\"", sheet))
        assert ("<f>" in sheet, kinds, [name for name in book.namelist() if "rels/sheet" in name]) == (False, {"s"}, [])
    rows = list(csv.reader(io.StringIO(as_csv(body(person_safety=text), COPY).decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "＝"))]


@pytest.mark.parametrize("field", ["phone", "name", "text", "nationality", "price", "score", "url", "unknown_field"])
def test_a_field_that_no_list_may_hold_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match=f"must not hold {field}"):
        columns(body(**{field: "x"}))


def test_every_time_on_a_list_is_the_clock_in_sweden_in_summer_and_in_winter() -> None:
    late = body(last_seen="2026-07-01T22:30:00Z", approvals=[{"by": "anna", "at": "2026-07-01T22:26:00Z"}, {"by": "bertil", "at": "2026-11-23T23:26:00Z"}])
    rows = list(csv.reader(io.StringIO(as_csv({**late, "expires": "2026-11-30T23:30:00Z"}, COPY).decode("utf-8-sig"))))
    shown = dict(zip(rows[-2], rows[-1], strict=True))
    assert (rows[2], shown["Senast sedd"], shown["Godkänt av"]) == (
        ["Gäller till 2026-12-01. Förstörs sedan."], "2026-07-02", "anna, 2026-07-02 00:26; bertil, 2026-11-24 00:26",
    )  # fmt: skip


def test_the_pdf_is_tagged_and_says_whose_copy_it_is() -> None:
    made = as_pdf(body(person_safety='#link("http://evil.example")[x] $1+1$ #panic()'), COPY)
    assert (made[:5], b"/StructTreeRoot" in made, b"pdfuaid:part" in made, b"evil.example" in made.split(b"stream")[0]) == (b"%PDF-", True, True, False)
    assert b"/URI" not in made, "nothing of a list becomes a link"
    assert as_pictures(body(), COPY)[0][:4] == b"\x89PNG"


def test_P24_a_colleague_who_sees_the_calendar_learns_nothing() -> None:
    calendar = Calendar.from_ical(as_ics(body(), COPY))
    (event,) = calendar.walk("VEVENT")
    assert (str(event["summary"]), str(event["class"]), str(event["description"])) == ("Möte", "PRIVATE", "L-abc12345 / 1 / 3")
    assert not re.search("massage|eskort|sex|Helsingborg|Vänner", as_ics(body(), COPY).decode())
