"""Write the pages of docs/ that are made from the program itself: data, promises, public notice. Usage: python -m tools.papers"""

from __future__ import annotations

from pathlib import Path

from pipeline.home import SHIPPED_CONFIG
from pipeline.keeping.catalogue import data_page
from pipeline.keeping.papers import NOTICE, notice
from pipeline.settings import read_shipped
from tests.promises.page import promises_page

DOCS = Path(__file__).resolve().parent.parent / "docs"


def main() -> None:
    """Write the pages."""
    (DOCS / "data.md").write_text(data_page(), "utf-8")
    (DOCS / "PROMISES.md").write_text(promises_page(), "utf-8")
    for language in NOTICE:
        (DOCS / f"integritetsnotis.{language}.md").write_text(notice(read_shipped(SHIPPED_CONFIG), language), "utf-8")


if __name__ == "__main__":
    main()
