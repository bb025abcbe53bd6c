"""Refusals of the casebook in the reader's language: from what the database says to a sentence that says what to do."""

from __future__ import annotations

from pipeline.failure import Exit, Failure
from review.visit import Refused

# From a part of the sentence to the word that says it on the page.
MEANINGS = {
    "the person who decided cannot": "own_decision",
    "has no active account": "no_account",
    "joined the cluster by hand": "joined_by_hand",
    "only a decision to approve": "only_approve",
    "the decision was withdrawn": "withdrawn",
    "the second person came to another decision": "disagreed",
    "the account is closed": "account_closed",
    "only who made a decision": "not_yours",
    "for ten minutes": "too_late",
    "another person has read it already": "read_already",
    "UNIQUE": "twice",
    "FOREIGN KEY": "unknown",
    "CHECK": "not_whole",
    "NOT NULL": "not_whole",
    "An alternative explanation and a reason": "alternative",
    "choose one of": "unknown_decision",
    "Too many wrong passwords": "too_many",
    "The name or the password is wrong": "wrong_password",
    "confidentiality note is not recorded": "no_note",
    "The link was used": "link",
    "The password is too short": "short_password",
    "needs a label": "not_whole",
    "at most 10 passkeys": "many_keys",
    "no such passkey": "unknown",
    "A name has 2 to 40": "user_name",
    "A nomination needs": "nomination",
    "write what was seen": "tip",
    "Choose what does not belong": "edit",
    "have ads in common": "edit",
    "withdrawn already": "unknown",
    "no such outcome": "outcome",
    "Harm to the person": "harm",
    "what the contact is needed for": "purpose",
    "contacts were opened within a day": "reveals",
    "Write who said so": "reason",
    "Write who asked": "reason",
    "Write how the person's identity": "identity",
    "Open a new request": "settled",
    "no such request": "unknown",
    "Nothing is kept about this contact": "nothing_kept",
    "holds the night": "busy",
    "Nothing is published": "nothing_published",
    "no valid phone number": "contact",
    "left out": "not_whole",
    "held already": "settled",
    "Write why the ad is released": "reason",
    "not held": "unknown",
}
STATUS = {Exit.POLICY: 403, Exit.USAGE: 400, Exit.NOTHING: 404, Exit.INTEGRITY: 503, Exit.MISSING: 503, Exit.BUSY: 503}


def refused(failure: Failure) -> Refused:
    """Turn a failure into what the page says."""
    said = str(failure)
    key = next((meaning for part, meaning in MEANINGS.items() if part in said), "other")
    status = 409 if key in ("twice", "withdrawn") else STATUS.get(failure.code, 500)
    return Refused(status, key)
