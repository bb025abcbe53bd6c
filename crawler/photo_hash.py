"""Pictures to perceptual hashes, in a child process with hard limits; the picture itself is dropped."""

from __future__ import annotations

import io
import resource
import signal
import struct
import subprocess
import sys
import warnings
from types import TracebackType

import numpy as np
import pdqhash
from PIL import Image, ImageOps, UnidentifiedImageError

from crawler.photo_views import views
from crawler.records.hash_kinds import HASH_BYTES, KINDS, QUALITY_MIN

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
PIXELS_MAX = 20_000_000
BYTES_MAX = 20 << 20
MEMORY_MAX = 512 << 20  # bytes of address space that decoding may add
SECONDS_MAX = 5  # of processor time a picture
DRAFT = (384, 384)  # decode a JPEG at the smallest scale that is not below this: five times as fast, the same hash

Hashes = tuple[tuple[str, bytes, int], ...]


def hash_picture(data: bytes) -> Hashes:
    """Return the PDQ hashes of a picture as a reader sees it: first frame, turned as its EXIF says, on white.

    Returns:
        (kind, 32 bytes with the most significant bit first, quality 0-100): the whole first, then those of its parts that have a quality
        of 50 or more, in the order of `hash_kinds.KINDS`. At most 28 hashes, 924 bytes.

    Raises:
        ValueError: not a picture of a known kind, too large, or broken; the message says which.
    """
    if len(data) > BYTES_MAX:
        raise ValueError("larger than 20 MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                if picture.width * picture.height > PIXELS_MAX:
                    raise ValueError("more than 20 megapixels")
                if min(picture.size) < 8:
                    raise ValueError("smaller than 8 pixels")
                picture.draft("RGB", DRAFT)
                plain = _on_white(ImageOps.exif_transpose(picture))
    except UnidentifiedImageError:
        raise ValueError("not a JPEG, PNG, WebP or GIF") from None
    except Image.DecompressionBombError:
        raise ValueError("more than 20 megapixels") from None
    except (OSError, SyntaxError, struct.error, EOFError):
        raise ValueError("broken or cut short") from None
    parts = (_hashed(kind, part) for kind, part in views(plain))
    return (_hashed("whole", plain), *(part for part in parts if part[2] >= QUALITY_MIN))


def _hashed(kind: str, picture: Image.Image) -> tuple[str, bytes, int]:
    bits, quality = pdqhash.compute(np.asarray(picture))
    return kind, np.packbits(bits).tobytes(), int(max(0, min(100, quality)))


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        white = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, layered).convert("RGB")
    return picture.convert("RGB")


class HashChild:
    """A child process that hashes one picture after the other; started anew when a picture kills it.

    The child may use 512 MB and five seconds of processor time a picture, opens no file and writes none. What comes back is
    hashes or a reason, never a picture.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> HashChild:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def hash(self, data: bytes) -> Hashes | str:
        """Return the hashes of a picture, or in one phrase why there are none."""
        if len(data) > BYTES_MAX:
            return "larger than 20 MB"
        answer, why = self._asked(data)
        if not answer and why != -signal.SIGXCPU:  # it died of something else than this picture's work, such as a kill: once more, with a new child
            answer, why = self._asked(data)
        if not answer:
            return "too much work to decode: the limit of 5 s or 512 MB was reached"
        if answer[:1] == b"!":
            return answer[1:].decode()
        return _unpacked(answer[1:])

    def _asked(self, data: bytes) -> tuple[bytes, int]:
        """Ask the child, or a new one when it is gone. Returns its whole answer, or b'' and how it ended."""
        if self._child is not None and self._child.poll() is not None:
            self._stop()
        child = self._child or self._start()
        answer = b""
        try:
            if child.stdin is not None and child.stdout is not None:
                child.stdin.write(struct.pack(">I", len(data)) + data)
                child.stdin.flush()
                head = child.stdout.read(4)
                length = struct.unpack(">I", head)[0] if len(head) == 4 else 0
                answer = child.stdout.read(length)
                answer = answer if len(answer) == length else b""
        except OSError:
            answer = b""
        return answer, 0 if answer else self._ended()

    def _ended(self) -> int:
        """Clear a child that is gone or stuck; returns how it ended, as a negative signal or an exit code."""
        child = self._child
        self._stop()
        return child.returncode if child is not None and child.returncode is not None else 0

    def _start(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen([sys.executable, "-m", "crawler.photo_hash"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return self._child

    def _stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


def _packed(hashes: Hashes) -> bytes:
    return b"".join(bytes([KINDS.index(kind), quality]) + bits for kind, bits, quality in hashes)


def _unpacked(answer: bytes) -> Hashes:
    step = HASH_BYTES + 2
    starts = range(0, len(answer), step)
    return tuple((KINDS[answer[start]], answer[start + 2 : start + step], answer[start + 1]) for start in starts)


def _limit_memory() -> None:
    with open("/proc/self/statm", encoding="ascii") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY_MAX, used + MEMORY_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nothing can be written to disk


def _allow_seconds() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + SECONDS_MAX + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def serve_child() -> None:
    """Read pictures from standard input and answer with hashes, until the input ends."""
    hash_picture(_warm_up())  # load decoders and tables before memory is limited
    _limit_memory()
    while len(head := sys.stdin.buffer.read(4)) == 4:
        _allow_seconds()
        try:
            answer = b"." + _packed(hash_picture(sys.stdin.buffer.read(struct.unpack(">I", head)[0])))
        except ValueError as reason:
            answer = b"!" + str(reason).encode()
        except MemoryError:
            answer = b"!too much memory to decode"
        sys.stdout.buffer.write(struct.pack(">I", len(answer)) + answer)
        sys.stdout.buffer.flush()


def _warm_up() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), (200, 100, 50)).save(buffer, "JPEG")
    return buffer.getvalue()


if __name__ == "__main__":
    serve_child()
