"""What a browser is asked for a passkey, and whether its answer proves it: one origin from the configuration, challenges that work once and soon end."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

VALID = timedelta(minutes=5)
EPOCH = datetime(1970, 1, 1)
LOCAL = "localhost"  # a passkey belongs to a name, never to an address such as 127.0.0.1
NONCE, SEAL = 16, 32  # bytes
LOG_IN = "log in"
VERIFIED = UserVerificationRequirement.REQUIRED  # PIN, finger or face: the key alone opens nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """A key that a browser proved to hold: its own name (base64url), public part (COSE), and the device's count of uses."""

    credential: str
    public_key: bytes
    counter: int


class Unproved(Exception):
    """An answer that proves nothing: foreign, damaged, too late, or sent before."""


class Passkeys:
    """Passkeys of one served page. Safe to use from several threads.

    A challenge carries its own time and seal, so that pages that nobody answers cost no memory; after a restart all earlier ones are void.
    """

    def __init__(self, origins: frozenset[str]) -> None:
        """Choose the name that keys belong to.

        Args:
            origins: where the page is served; the first in the alphabet under https, else localhost, is where keys work.
        """
        secure = min((one for one in origins if one.startswith("https://")), default="")
        self.name = urlsplit(secure).hostname or LOCAL
        self.origins = [secure] if secure else sorted(one for one in origins if urlsplit(one).hostname == LOCAL)
        self._seal, self._used, self._lock = secrets.token_bytes(32), dict[bytes, datetime](), threading.Lock()

    def to_register(self, user: str, known: list[str], *, now: datetime) -> str:
        """Return, as JSON, what a browser needs to make a key for a user who has the `known` ones."""
        options = webauthn.generate_registration_options(
            rp_id=self.name,
            rp_name="Lykta",
            user_name=user,
            user_id=hashlib.sha256(f"lykta passkey {user}".encode()).digest(),
            challenge=self._challenge(user, now),
            authenticator_selection=AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(one)) for one in known],
        )
        return webauthn.options_to_json(options)

    def to_log_in(self, *, now: datetime) -> str:
        """Return, as JSON, what a browser needs to prove a key; it offers those that it holds for us, so no name is typed."""
        options = webauthn.generate_authentication_options(rp_id=self.name, challenge=self._challenge(LOG_IN, now), user_verification=VERIFIED)
        return webauthn.options_to_json(options)

    def registered(self, user: str, answer: str, *, now: datetime) -> Proved:
        """Check the answer to `to_register`.

        Raises:
            Unproved: it proves no new key of this user.
        """
        challenge = self._spent(answer, user, now)
        try:
            found = webauthn.verify_registration_response(
                credential=answer, expected_challenge=challenge, expected_rp_id=self.name, expected_origin=self.origins, require_user_verification=True
            )
        except (WebAuthnException, ValueError, KeyError, TypeError) as error:
            raise Unproved(type(error).__name__) from error
        credential = webauthn.helpers.bytes_to_base64url(found.credential_id)
        return Proved(credential=credential, public_key=found.credential_public_key, counter=found.sign_count)

    def logged_in(self, answer: str, key_of: Callable[[str], tuple[bytes, int] | None], *, now: datetime) -> Proved:
        """Check the answer to `to_log_in`.

        Args:
            key_of: gives a known key's public part and counter by its name, None for an unknown one.

        Raises:
            Unproved: it proves no known key, or the device counted fewer uses than we know of, as a copy of it does.
        """
        challenge = self._spent(answer, LOG_IN, now)
        name = str(json.loads(answer).get("id", ""))
        known = key_of(name)
        if known is None:
            raise Unproved("unknown key")
        try:
            found = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self.name,
                expected_origin=self.origins,
                credential_public_key=known[0],
                credential_current_sign_count=known[1],
                require_user_verification=True,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError) as error:
            raise Unproved(type(error).__name__) from error
        return Proved(credential=name, public_key=known[0], counter=found.new_sign_count)

    def _challenge(self, purpose: str, now: datetime) -> bytes:
        bare = secrets.token_bytes(NONCE) + int((now + VALID - EPOCH).total_seconds()).to_bytes(8)
        return bare + self._sealed(bare, purpose)

    def _sealed(self, bare: bytes, purpose: str) -> bytes:
        return hmac.digest(self._seal, bare + purpose.encode(), "sha256")

    def _spent(self, answer: str, purpose: str, now: datetime) -> bytes:
        """Return the challenge that an answer names, and never again.

        Raises:
            Unproved: it is not of ours for this purpose, too old, or was answered before.
        """
        try:
            told = json.loads(webauthn.base64url_to_bytes(json.loads(answer)["response"]["clientDataJSON"]))
            challenge = webauthn.base64url_to_bytes(told["challenge"])
        except (ValueError, KeyError, TypeError) as error:
            raise Unproved("no challenge") from error
        bare, seal = challenge[:-SEAL], challenge[-SEAL:]
        if len(bare) != NONCE + 8 or not hmac.compare_digest(seal, self._sealed(bare, purpose)):
            raise Unproved("foreign challenge")
        ends = EPOCH + timedelta(seconds=int.from_bytes(bare[NONCE:]))
        with self._lock:
            self._used = {one: until for one, until in self._used.items() if until >= now}
            if ends < now or bare in self._used:
                raise Unproved("the challenge ended")
            self._used[bare] = ends
        return challenge
