"""What the store knows of ads that a crawl has read, for the next crawl to ask by."""

from __future__ import annotations

from typing import Any

from pipeline.home import Home
from pipeline.settings import Machine
from pipeline.store import open_store

KNOWN = """
SELECT ad.site, ad.url, ad.first_seen, ad_read.read_at, ad_read.etag, ad_read.last_modified
FROM ad JOIN ad_read USING (ad_id)
WHERE ad.state = 'listed' AND ad.url <> '' AND ad.current_version IN (SELECT version_id FROM ad_version)
"""


def known_ads(home: Home, machine: Machine) -> dict[str, dict[str, dict[str, Any]]]:
    """Return site to public address to what is known of the ad: first_seen and read_at in UTC, etag and last_modified ('' for none).

    An ad that is gone, or whose text was let go of, is not among them: when it is met again it is read as a new one. The caller holds the
    night's lock.

    Raises:
        Failure: the store is in use (5) or does not open (6).
    """
    if not home.store.exists():
        return {}
    con = open_store(home.store, key=home.key("store"), spill=home.spill, memory_limit=machine.memory_limit, threads=machine.threads)
    try:
        rows = con.execute(KNOWN).fetchall()
    finally:
        con.close()
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for site, url, first_seen, read_at, etag, last_modified in rows:
        known = {"first_seen": first_seen, "read_at": read_at, "etag": etag, "last_modified": last_modified}
        found.setdefault(site, {})[url] = known
    return found
