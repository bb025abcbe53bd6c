"""A template: the text that several ads are built from, with what each fills its slots with."""

from __future__ import annotations

import re

from pipeline.outreach.template_view import template_view
from review.pages.cluster import view_of
from review.visit import Answer, Refused, Shown, Visit

_SLOT = re.compile(r"\{(\d+)\}")


def template(visit: Visit) -> Answer:
    """Show one template of a cluster, with its ads in other clusters too."""
    view = view_of(visit, visit.fields["cluster"])
    number = next((ad.template for ad in view.ads if ad.template is not None and str(ad.template) == visit.fields["number"]), None)
    found = None if number is None else visit.place.snapshot().once(("template", number), lambda con: template_view(con, number))
    if found is None:
        raise Refused(404, "no_template")
    visit.audit("read a template", f"{view.cluster}/{number}")
    return Shown(template="template.html", values={"view": view, "found": found, "pieces": pieces(found.pattern)})


def pieces(pattern: str) -> list[tuple[str, int]]:
    """Cut a pattern into stretches of text, with 0, and slots, with their number."""
    parts = _SLOT.split(pattern)
    return [(part, 0) if place % 2 == 0 else ("", int(part)) for place, part in enumerate(parts) if part]
