"""What goes to a terminal: results to stdout, talk to stderr, and nothing that can steer the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 132  # columns, where no terminal says otherwise

# Direction marks can turn a text around on screen; control characters can move the cursor or set the title.
_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def visible(text: str) -> str:
    """Return the text with control and direction characters shown as symbols or codes; line breaks become ␊."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code < 0xA0 or code in _BIDI:
        return f"<{code:04X}>"
    return character


def say(*lines: str) -> None:
    """Talk: to stderr, so that results can be piped."""
    for line in lines:
        print(visible(line), file=sys.stderr, flush=True)


@contextmanager
def working(first: str) -> Iterator[Callable[[str], None]]:
    """Show on a terminal, with a moving sign, what is being worked on; elsewhere nothing, because the lines that follow say it.

    Gives a function that changes what is shown.
    """
    if not sys.stderr.isatty():
        yield lambda text: None
        return
    from rich.console import Console

    with Console(stderr=True, highlight=False).status(visible(first)) as status:
        yield lambda text: status.update(visible(text))


def as_json(body: Mapping[str, Any]) -> str:
    """Return an answer as one line of JSON; what could steer a terminal stands in it as an escape, which means the same to a program."""
    text = json.dumps(body, ensure_ascii=False, default=str, indent=None)
    return text if text.isprintable() else "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code == 0x7F or 0x80 <= code < 0xA0 or code in _BIDI or code in (0x2028, 0x2029) else character


def print_json(body: Mapping[str, Any]) -> None:
    """Print a versioned JSON answer to stdout."""
    print(as_json({"version": 1, **body}))


def print_lines(lines: Sequence[str]) -> None:
    """Print result lines to stdout."""
    for line in lines:
        print(visible(line))


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table to stdout; cells may hold several lines. Markup in data is not interpreted."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDTH
    Console(highlight=False, soft_wrap=False, width=width).print(table_of(title, columns, rows))


def table_of(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Lay out a table as `print_table` prints it."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(visible(title), style="bold"), title_justify="left", box=box.SIMPLE_HEAD, show_lines=True, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text("\n".join(visible(line) for line in cell.split("\n"))) for cell in row))
    return table
