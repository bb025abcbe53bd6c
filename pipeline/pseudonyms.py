"""Pseudonyms, sealed values and masks: the three forms in which a contact exists outside the text it was read from."""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


def contact_id(key: bytes, kind: str, value: str) -> str:
    """Return the pseudonym of a contact: HMAC-SHA-256 over kind and normalised value, the first 128 bits as 32 hex digits.

    Args:
        key: the pseudonym key, 32 bytes.
        kind: phone, email, telegram and so on; the same text of two kinds has two pseudonyms.
        value: normalised (a phone as E.164, an address in lower case).
    """
    return hmac.new(key, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()[:32]


def seal(key: bytes, value: str) -> bytes:
    """Encrypt a value for the vault with AES-256-GCM; the nonce stands before the sealed bytes."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, value.encode(), None)


def unseal(key: bytes, sealed: bytes) -> str:
    """Decrypt a sealed value.

    Raises:
        cryptography.exceptions.InvalidTag: another key, or changed bytes.
    """
    return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).decode()


def masked(kind: str, value: str) -> str:
    """Return what may be shown of a contact: the last three digits of a number, nothing of anything else."""
    digits = "".join(character for character in value if character.isdigit())
    return f"•••{digits[-3:]}" if kind in ("phone", "payment_swish") and len(digits) >= 7 else "•••"
