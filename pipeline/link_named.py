"""Contacts that config names as ones that never link, as the pseudonyms under which the store knows them."""

from __future__ import annotations

import dataclasses

from pipeline.failure import Exit, Failure
from pipeline.linking_settings import LinkRules, Named
from pipeline.pseudonyms import contact_id
from pipeline.reading.addresses import normalise_email, normalise_handle
from pipeline.reading.phones import normalise

NUMBERS = ("phone", "payment_swish", "whatsapp", "signal", "viber")
HANDLES = ("telegram", "whatsapp", "signal", "wechat", "line", "viber", "snapchat")


def with_named(rules: LinkRules, key: bytes) -> LinkRules:
    """Return the rules with a pseudonym and its reason for every named contact and every generic handle.

    Raises:
        Failure: a named phone is no phone number (8); all such are listed.
    """
    wrong = [f"config/linking.toml [link] named: the {one.kind} ({one.why}) is no valid number." for one in rules.named if not _normal(one)]
    if wrong:
        raise Failure(Exit.MISSING, *wrong)
    reasons = {contact_id(key, kind, normalise_handle(word)): "generic handle" for kind in HANDLES for word in rules.generic_handles}
    reasons |= {contact_id(key, one.kind, _normal(one)): f"named in config/linking.toml: {one.why}" for one in rules.named}
    return dataclasses.replace(rules, never=(*rules.never, *reasons), reasons=reasons)


def _normal(one: Named) -> str:
    """Return the value as the reader would keep it; '' for a number that is none."""
    if one.kind in NUMBERS and any(mark.isdigit() for mark in one.value):
        return normalise("".join(mark for mark in one.value if mark.isdigit() or mark == "+"), "SE") or ""
    return normalise_email(one.value) if one.kind == "email" else normalise_handle(one.value)
