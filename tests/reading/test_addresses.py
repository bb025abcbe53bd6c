"""E-mail, handles and payment numbers in the ways people write them."""

from __future__ import annotations

import pytest

from tests.reading.conftest import reader


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lina punkt ek snabel-a exempel punkt se", [("email", "lina.ek@exempel.se")]),
        ("lina at exempel dot com", [("email", "lina@exempel.com")]),
        ("Lina_9@Exempel.SE.", [("email", "lina_9@exempel.se")]),
        ("vi ses at the station. Puss", []),
        ("WeChat ID exempelxx, LINE ID: exempel_x", [("wechat", "exempelxx"), ("line", "exempel_x")]),
        ("Signal: exempel.42", [("signal", "exempel.42")]),
        ("https://onlyfans.com/exempellina", [("onlyfans", "exempellina")]),
        ("t.me/exempel_lina", [("telegram", "exempel_lina")]),
        ("@exempel_lina på telegram", [("telegram", "exempel_lina")]),
        ("Viber +46 70 174 06 05", [("phone", "+46701740605")]),
        ("signal går bra, telegram samma nummer", []),
        ("Swish 123 456 78 90", [("payment_swish", "1234567890")]),
        ("Swisha till 070-174 06 05", [("payment_swish", "+46701740605"), ("phone", "+46701740605")]),
    ],
)
def test_addresses_are_read_and_ordinary_words_are_not(text: str, found: list[tuple[str, str]]) -> None:
    assert [(contact.kind, contact.value) for contact in reader().read(text).contacts] == found
