"""A sealed stream: bytes in, authenticated chunks out, so that a truncated, changed or foreign file is noticed before anything is used."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
from collections.abc import Mapping
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"LYKTA-SEALED\n"
CHUNK = 1 << 20  # bytes of plain content a chunk
HEADER_MAX = 1 << 16
SALT = re.compile("[0-9a-f]{32}")


class Unsealable(Exception):
    """Why a sealed file cannot be used, as one sentence without its end."""


def _file_key(key: str, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"lykta backup").derive(bytes.fromhex(key))


class SealedWriter(io.RawIOBase):
    """Write a header in clear (authenticated), then sealed chunks; `close` seals the last one, without which the file is truncated."""

    def __init__(self, file: BinaryIO, *, key: str, header: Mapping[str, Any]) -> None:
        super().__init__()
        salt = os.urandom(16)
        head = json.dumps({**header, "salt": salt.hex()}, sort_keys=True).encode()
        self._file, self._cipher, self._bound = file, AESGCM(_file_key(key, salt)), hashlib.sha256(head).digest()
        self._open, self._number = bytearray(), 0
        file.write(MAGIC + len(head).to_bytes(4, "big") + head)

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._open += content
        while len(self._open) > CHUNK:
            self._seal(bytes(self._open[:CHUNK]), last=False)
            del self._open[:CHUNK]
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._open), last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
        super().close()

    def _seal(self, content: bytes, *, last: bool) -> None:
        nonce = os.urandom(12)
        sealed = nonce + self._cipher.encrypt(nonce, content, _bound(self._bound, self._number, last))
        self._file.write(bytes([last]) + len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


def _bound(header: bytes, number: int, last: bool) -> bytes:
    return header + number.to_bytes(8, "big") + bytes([last])


class SealedReader(io.RawIOBase):
    """Read what SealedWriter wrote, in order. `header` is known at once and believed only with the first chunk.

    Raises:
        Unsealable: not such a file, cut short, changed, or sealed with another key.
    """

    def __init__(self, file: BinaryIO, *, key: str) -> None:
        super().__init__()
        self._file = file
        self.header, head = read_header(file)
        self._cipher, self._bound = AESGCM(_file_key(key, bytes.fromhex(str(self.header["salt"])))), hashlib.sha256(head).digest()
        self._ready, self._number, self._ended = b"", 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        if not self._ready and not self._ended:
            self._ready = self._next()
        count = min(len(target), len(self._ready))
        target[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def finish(self) -> None:
        """Read to the end, and see that the last chunk is there."""
        while not self._ended:
            self._ready = self._next()

    def _next(self) -> bytes:
        head = self._file.read(5)
        if len(head) < 5:
            raise Unsealable("it is cut short")
        last, sealed = bool(head[0]), self._file.read(int.from_bytes(head[1:], "big"))
        if len(sealed) != int.from_bytes(head[1:], "big"):
            raise Unsealable("it is cut short")
        try:
            content = self._cipher.decrypt(sealed[:12], sealed[12:], _bound(self._bound, self._number, last))
        except InvalidTag:
            raise Unsealable("a part of it was changed, or it was sealed with another key") from None
        self._number += 1
        self._ended = last
        return content if content or last else self._next()


def read_header(file: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Read the header that stands in clear; returns it and its bytes."""
    if file.read(len(MAGIC)) != MAGIC:
        raise Unsealable("it is no backup of Lykta")
    length = int.from_bytes(file.read(4), "big")
    head = file.read(length) if length <= HEADER_MAX else b""
    try:
        header = json.loads(head)
    except (ValueError, RecursionError):
        raise Unsealable("its first bytes are damaged") from None
    if not isinstance(header, dict) or not isinstance(header.get("salt"), str) or not SALT.fullmatch(header["salt"]):
        raise Unsealable("its first bytes are damaged")
    return header, head
