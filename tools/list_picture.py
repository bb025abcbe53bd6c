"""Draw the outreach list of the demo as docs/list.svg, the picture in the README. Run it after `make demo`."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from cli.desk import open_desk
from cli.tables import list_layout
from cli.terminal import table_of
from pipeline.home import find_home

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write the picture."""
    with open_desk(find_home(ROOT / "data" / "demo"), action="list", as_of=None) as desk:
        body = desk.outreach_list()
    console = Console(record=True, width=130, file=io.StringIO(), highlight=False)
    console.print(table_of(*list_layout(body, made_up=True)))
    drawn = re.sub(r"@font-face\s*\{[^}]*\}", "", console.export_svg(title="lykta list"))  # no font is fetched from anywhere
    (ROOT / "docs" / "list.svg").write_text(drawn, "utf-8")


if __name__ == "__main__":
    main()
