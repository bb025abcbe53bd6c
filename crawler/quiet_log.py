"""A site's log file: what happened, never what a page says."""

from __future__ import annotations

import logging
import logging.handlers
import os
import time
from pathlib import Path
from urllib.parse import urlsplit

import re2

BYTES_MAX = 2_000_000
BACKUPS = 2
_ADDRESS = re2.compile(r"""https?://[^\s<>"')\]]+""")
_DIGITS = re2.compile(r"\d(?:[ .\-]?\d){5,}")
# what could begin a line of its own or steer the terminal of who reads the log
_STEERING = re2.compile(r"[\x00-\x1f\x7f-\x{9f}\x{2028}\x{2029}\x{061c}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]+")
_LONG = 24  # characters of a part of a path; a longer one may be somebody's title


def masked(text: str) -> str:
    """Return a line without what may be about people: addresses lose their query and wordy parts, long numbers all but three digits."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [_few_digits(text[end : found.start()]), _short(found.group(0))]
        end = found.end()
    return "".join([*parts, _few_digits(text[end:])])


def _few_digits(text: str) -> str:
    return str(_DIGITS.sub(lambda found: "•••" + "".join(digit for digit in found.group(0) if digit.isdigit())[-3:], text))


def _short(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "(address)"
    path = "/".join(part if len(part) <= _LONG and "-" not in part and "%" not in part else "…" for part in _few_digits(parts.path).split("/"))
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}{'?…' if parts.query else ''}"


class LineFormatter(logging.Formatter):
    """One masked line a record; of an exception its kind and place, because its message may quote a page."""

    def __init__(self) -> None:
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        message = masked(_STEERING.sub(" ", record.getMessage()[:2000]))
        if record.exc_info and record.exc_info[0] is not None:
            message = f"{message.partition('Traceback')[0]} [{record.exc_info[0].__name__}{_place(record.exc_info[2])}]"
        return f"{self.formatTime(record, self.datefmt)}Z {record.levelname} {record.name}: {message}"


def _place(trace: object) -> str:
    last = trace
    while getattr(last, "tb_next", None) is not None:
        last = last.tb_next  # type: ignore[attr-defined]
    code = getattr(getattr(last, "tb_frame", None), "f_code", None)
    return f" in {os.path.basename(code.co_filename)}, line {getattr(last, 'tb_lineno', 0)}" if code else ""


def open_log(path: Path) -> None:
    """Send every log record of this process to a file of mode 0600, and nowhere else."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_APPEND, 0o600))
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=BYTES_MAX, backupCount=BACKUPS, encoding="utf-8")
    handler.setFormatter(LineFormatter())
    handler.setLevel(logging.INFO)  # Scrapy sets its own level to DEBUG, where every address is a line
    handler.addFilter(lambda record: record.name != "scrapy.downloadermiddlewares.redirect")  # warns that we send no referrer, which is meant
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("scrapy", "crawler", "scrapy-playwright"):
        logging.getLogger(name).setLevel(logging.INFO)
