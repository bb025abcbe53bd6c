"""Other people's text on a page: nothing that turns around, hides, or could be a number."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.pages.entrance import inside
from review.security import same_origin, same_token, worn_token
from review.shown import address, visible, without_numbers


@given(st.text(max_size=200))
def test_no_control_or_format_character_is_left(text: str) -> None:
    left = {unicodedata.category(character) for character in visible(text) if character not in "\n\t"}
    assert "Cc" not in left
    turning = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    assert not [character for character in visible(text) if unicodedata.bidirectional(character) in turning]


def test_a_plain_text_is_left_alone() -> None:
    assert visible("Hej, åäö\n– ”ring” ไทย 🙂") == "Hej, åäö\n– ”ring” ไทย 🙂"
    assert visible("a\u202eb\x1b\x00\x7f") == "a⟨202E⟩b␛␀␡"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ring 070-174 06 05 i kväll", "Ring ••• i kväll"), ("+46 (0)70 174 06 05", "•••"), ("0701740605", "•••"), ("SoL 2025:400", "SoL 2025:400"),
        ("den 2026-11-24 kl 18", "den 2026-11-24 kl 18"), ("rum 214, 3 personer", "rum 214, 3 personer"),
    ],
)  # fmt: skip
def test_a_number_that_a_colleague_types_is_masked_and_a_date_is_not(typed: str, kept: str) -> None:
    assert without_numbers(typed) == kept


def test_an_address_shows_no_number() -> None:
    assert address("https://exempel.example/annons/0701740605?x=12") == "https://exempel.example/annons/•••?x=12"


@given(st.text(max_size=60))
def test_after_log_in_only_paths_of_the_page_are_opened(path: str) -> None:
    assert inside(path) == "" or (path[0] == "/" and path[1:2] not in ("/", "\\") and path.isprintable())


def test_a_token_looks_different_each_time_and_is_the_same() -> None:
    first, second = worn_token("abc"), worn_token("abc")
    assert (first != second, same_token(first, "abc"), same_token(second, "abc"), same_token(first, "abd"), same_token("", ""), same_token("zz", "abc")) == (
        True, True, True, False, False, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"origin": "https://a.example"}, True), ({"origin": "https://b.example"}, False), ({}, False), ({"origin": "null"}, False),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, True), ({"origin": "null", "sec-fetch-site": "same-site"}, False),
        ({"origin": "https://a.example", "sec-fetch-site": "cross-site"}, False),
    ],
)  # fmt: skip
def test_a_form_is_ours_when_its_origin_says_so(headers: dict[str, str], ours: bool) -> None:
    assert same_origin(headers, frozenset({"https://a.example"})) is ours
