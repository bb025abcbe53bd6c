"""A list as CSV and as XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from pipeline.outreach.papers.layout import Copy, cell, columns, heading, marks, safe, say

WIDE = {"safe_wording": 40, "why": 48, "not_known": 40, "alternatives": 40, "participants": 28, "offers": 30, "person_safety": 32, "approvals": 30}


def as_csv(body: Mapping[str, Any], copy: Copy) -> bytes:
    """Return a list as CSV in UTF-8 with a byte order mark, so that a spreadsheet reads å, ä, ö; the marks of the copy stand first."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for line in marks(body, copy):
        writer.writerow([safe(line)])
    names = columns(body)
    writer.writerow([safe(heading(copy.language, name)) for name in names])
    writer.writerows([safe(cell(name, row[name], copy.language)) for name in names] for row in body["rows"])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(body: Mapping[str, Any], copy: Copy) -> bytes:
    """Return a list as a workbook of texts: no cell is a formula, a link or a number."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": f"{say(copy.language, 'title')} {body['list_id']}", "author": "Lykta"})
    sheet, bold = book.add_worksheet(str(body["list_id"])), book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for number, line in enumerate(marks(body, copy)):
        sheet.write_string(number, 0, safe(line), book.add_format({"bold": number == 0}))
    top, names = len(marks(body, copy)) + 1, columns(body)
    for place, name in enumerate(names):
        sheet.set_column(place, place, WIDE.get(name, 16))
        sheet.write_string(top, place, safe(heading(copy.language, name)), bold)
        for number, row in enumerate(body["rows"], start=top + 1):
            sheet.write_string(number, place, safe(cell(name, row[name], copy.language)), wrap)
    sheet.freeze_panes(top + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L" + " · ".join(marks(body, copy)[:4]).replace("&", "&&") + "&R&P/&N")
    book.close()
    return file.getvalue()
