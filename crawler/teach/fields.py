"""Choose for each field of an ad the place on the page that holds it, by what stands there and by the words beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import re2
from parsel import Selector

from crawler.parse import MANY, rule_values, structured_items
from crawler.records.ad import CATEGORIES
from crawler.records.site import FieldRule
from crawler.teach.candidates import LONG_MIN, SHORT_MAX, Candidate, candidates_of
from crawler.teach.structured import by_structure
from crawler.teach.values import PHONE, is_like, speaks_of

ORDER = (
    "title", "body", "posted_at", "category", "name", "age", "city", "address", "venue", "price", "phones", "emails", "handles", "payment", "account",
    "comments", "images",
)  # fmt: skip
BY_LOOKS = frozenset({"phones", "emails", "handles", "price", "posted_at"})  # known without a word beside them
CONSTANT = frozenset({"category", "payment", "city", "age"})  # may be the same on every page
TITLE_MIN = 0.8  # share of ads that must have a title: one page that did not come to rest in time does not hide it from the others
LIKE_MIN = 0.8  # share of values that must look like the field
PLACES_MIN = 2  # lines that must name a place, lest a title that happens to begin with one be taken for it
ENOUGH = 2.0  # score from which on a place is taken
SEPARATORS = ("·", "|", "›", "»", " / ", " – ", ",")
PHONE_IN_TEXT = r"(\+?\(?\d[\d ().\-/]{5,}\d)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Pages of ads, and what is known of them before the search.

    Attributes:
        titles: what each page calls itself (<title>, og:title).
        places: names of places in lower case; may be empty.
    """

    texts: tuple[str, ...]
    ad_url: str = ""
    places: frozenset[str] = frozenset()
    titles: tuple[str, ...] = field(default=())

    @property
    def candidates(self) -> list[Candidate]:
        return candidates_of(self.texts, ad_url=self.ad_url)


def pages_of(texts: Sequence[str], *, ad_url: str = "", places: frozenset[str] = frozenset()) -> Pages:
    """Gather pages for a search."""
    titles = []
    for text in texts:
        selector = Selector(text=text)
        titles.append(" ".join([selector.css("title").xpath("string()").get(""), selector.css('meta[property="og:title"]::attr(content)').get("")]))
    return Pages(texts=tuple(texts), ad_url=ad_url, places=places, titles=tuple(titles))


def propose_fields(pages: Pages) -> tuple[FieldRule, ...]:
    """Return a rule for each field that was found, in the order of an ad's fields."""
    structured = by_structure(pages.texts)
    candidates = pages.candidates
    chosen: dict[str, FieldRule] = {}
    taken: set[str] = set()
    for name in ORDER:
        ranked = ranked_rules(name, candidates, pages, taken=taken, title=chosen.get("title"))
        best = next(ranked, None)
        rule = structured.get(name) if _wins(name, structured.get(name), best, pages) else best
        if rule is not None:
            chosen[name] = replace(rule, required=name == "title")
            taken.add(rule.css)
    return tuple(chosen[name] for name in ORDER if name in chosen)


def _wins(name: str, structured: FieldRule | None, by_place: FieldRule | None, pages: Pages) -> bool:
    """Tell whether the structured reading is taken: it is, unless the page shows the field on clearly more ads."""
    if structured is None:
        return False
    if name == "price" and by_place is not None and not any(is_like("price", value) for text in pages.texts for value in read(structured, text)):
        return False  # a bare number says nothing of its currency, and the page does
    return by_place is None or found_in(structured, pages) >= 0.6 * found_in(by_place, pages)


def found_in(rule: FieldRule, pages: Pages) -> int:
    """Return on how many pages a rule finds something."""
    return sum(bool(read(rule, text)) for text in pages.texts)


def read(rule: FieldRule, text: str) -> list[str]:
    """Return what a rule reads from a page."""
    return list(rule_values(rule, Selector(text=text), structured_items(text) if rule.json_ld else []))


def ranked_rules(
    name: str, candidates: Sequence[Candidate], pages: Pages, *, taken: set[str] | None = None, title: FieldRule | None = None
) -> Iterator[FieldRule]:
    """Yield rules that could read a field, the best first; each finds something when the page is read by it."""
    if name == "city" and pages.places and (rule := _place_in_line(candidates, pages)) is not None:
        yield rule
    titles = [(read(title, text) or [""])[0] for text in pages.texts] if title else list(pages.titles)
    scored = [(score, candidate) for candidate in candidates if (score := _score(name, candidate, pages, titles)) >= ENOUGH]
    for _, candidate in sorted(scored, key=lambda item: (-item[0], item[1].rank, len(item[1].css), item[1].css))[:30]:
        rule = _rule(name, candidate)
        if rule.css not in (taken or ()) and any(read(rule, text) for text in pages.texts):
            yield rule


def _rule(name: str, candidate: Candidate) -> FieldRule:
    pattern = candidate.pattern
    if candidate.css.endswith("::attr(href)"):
        pattern = "tel:(.+)" if name == "phones" else r"mailto:([^?]+)"
    elif name == "phones" and not pattern and not _like(name, candidate):
        pattern = PHONE_IN_TEXT
    return FieldRule(name=name, css=candidate.css, many=name in MANY, pattern=pattern)


def _like(name: str, candidate: Candidate) -> bool:
    values = [value for page in candidate.values for value in page]
    return sum(is_like(name, value) for value in values) >= LIKE_MIN * len(values)


def _score(name: str, candidate: Candidate, pages: Pages, titles: Sequence[str]) -> float:
    """Return how well a place fits a field; below ENOUGH it does not."""
    given = [page for page in candidate.values if page]
    firsts = [page[0] for page in given]
    if len(pages.texts) > 2 and len(given) > 2 and len(set(map(tuple, given))) == 1 and name not in CONSTANT:
        return 0.0  # the same on every page: the site's own, not the ad's
    around = 1.2 if candidate.marks.strip() else 2.0  # an item of a list is what the list says it is
    named = 2.0 * speaks_of(name, candidate.marks) or around * speaks_of(name, candidate.around)
    spread = len(given) / len(pages.texts)
    return SCORES.get(name, _by_word)(name, candidate, firsts, named, titles) + spread - 0.02 * candidate.rank if firsts else 0.0


def _title(name: str, candidate: Candidate, firsts: list[str], named: float, titles: Sequence[str]) -> float:
    if len(firsts) < TITLE_MIN * len(candidate.values) or max(map(len, firsts)) > SHORT_MAX:
        return 0.0
    if "::attr" in candidate.css or any(len(page) > 2 for page in candidate.values):
        return 0.0
    said = sum(_plain(first) in _plain(title) for first, title in zip(firsts, titles, strict=False)) / len(firsts)
    return 3.0 * said + {"h1": 1.0, "h2": 0.5, "h3": 0.3}.get(candidate.tag, 0.0) + 0.5 * bool(named) + 0.3 * (sum(map(len, firsts)) / len(firsts) > 8)


def _body(name: str, candidate: Candidate, firsts: list[str], named: float, titles: Sequence[str]) -> float:
    length = sum(map(len, firsts)) / len(firsts)
    if length < LONG_MIN or "::attr" in candidate.css or candidate.inner > 200:
        return 0.0
    holds = sum(bool(title.strip()) and _plain(title)[:60] in _plain(first)[: len(title) + 40] for first, title in zip(firsts, titles, strict=False))
    whole = 2.0 * (candidate.tag in ("article", "main", "body", "section")) + 1.0 * (holds > len(firsts) / 2)
    whole += 1.0 * (candidate.tag in ("p", "li", "span") and not candidate.marks.strip())  # one of several paragraphs
    return 0.5 + math.log2(min(length, 2000) / LONG_MIN + 1) + named - whole - candidate.deep / 30


def _by_looks(name: str, candidate: Candidate, firsts: list[str], named: float, titles: Sequence[str]) -> float:
    if any(len(first) > SHORT_MAX for first in firsts):
        return 0.0
    if _like(name, candidate):
        return 2.0 + named + 0.2 * math.log2(1 + sum(map(len, candidate.values))) + 0.5 * ("::attr(datetime)" in candidate.css) - 0.4 * bool(candidate.inner)
    if name == "phones" and named and all(PHONE.search(first) for first in firsts):
        return 1.0 + named
    return 1.0 + named if name == "price" and named == 2.0 and all(re2.search(r"\d", first) for first in firsts) else 0.0


def _by_word(name: str, candidate: Candidate, firsts: list[str], named: float, titles: Sequence[str]) -> float:
    """A field that only a word beside it tells: a name, an age, a payment."""
    limit = 500 if name == "comments" else 80
    if named == 0.0 or any(len(first) > limit for first in firsts) or not _like(name, candidate):
        return 0.0
    if candidate.css.endswith(("::attr(src)", "::attr(href)", "::attr(datetime)")) or _others_word(name, candidate):
        return 0.0
    whole = 0.4 * bool(candidate.inner) if name in MANY else 0.0  # a list as a whole, where its items can be had
    return named - 0.3 * ("::attr" in candidate.css) - 0.2 * candidate.inner - whole


def _others_word(name: str, candidate: Candidate) -> bool:
    """Tell whether the words of the element itself speak of another field, and only those around of this one."""
    return not speaks_of(name, candidate.marks) and any(speaks_of(other, candidate.marks) for other in ORDER if other != name)


def _category(name: str, candidate: Candidate, firsts: list[str], named: float, titles: Sequence[str]) -> float:
    return 2.0 if all(value in CATEGORIES for page in candidate.values for value in page) else 0.0


def _images(name: str, candidate: Candidate, firsts: list[str], named: float, titles: Sequence[str]) -> float:
    if candidate.tag != "img" or not candidate.css.endswith(("::attr(src)", "::attr(data-src)")):
        return 0.0
    addresses = [value for page in candidate.values for value in set(page)]
    once = len(set(addresses)) / len(addresses)
    return 1.5 + named / 2 + 0.2 * math.log2(1 + len(addresses)) if once > 0.9 else 0.0


SCORES: dict[str, Callable[[str, Candidate, list[str], float, Sequence[str]], float]] = {
    "title": _title, "body": _body, "category": _category, "images": _images, **dict.fromkeys(BY_LOOKS, _by_looks),
}  # fmt: skip


def _place_in_line(candidates: Sequence[Candidate], pages: Pages) -> FieldRule | None:
    """Find the place in a line of parts, such as "Lund · Hälsa · Massage", by names of places; counted from the end that is steady."""
    best: tuple[float, FieldRule] | None = None
    for candidate in candidates:
        lines = [page[0] for page in candidate.values if page]
        if "::attr" in candidate.css or not lines or any(len(line) > SHORT_MAX for line in lines):
            continue
        for separator, part in _cuts(lines):
            rule = FieldRule(name="city", css=candidate.css, split=separator, part=part)
            got = [value for line in lines for value in [_cut(line, separator, part)] if value]
            right = sum(value.lower() in pages.places for value in got)
            fit = right + 2.0 * speaks_of("city", candidate.marks) - 0.1 * candidate.rank - 0.2 * candidate.inner - 0.5 * bool(separator)
            if len(got) >= PLACES_MIN and right == len(got) and (best is None or fit > best[0]):
                best = (fit, rule)
    return best[1] if best else None


def _cuts(lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    yield "", 0
    for separator in SEPARATORS:
        if any(separator in line for line in lines):
            yield from ((separator, part) for part in (0, -1, -2, -3, 1, 2))


def _cut(line: str, separator: str, part: int) -> str:
    parts = line.split(separator) if separator else [line]
    return parts[part].strip() if -len(parts) <= part < len(parts) else ""


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
