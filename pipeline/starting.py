"""What a night starts with: the config and the indicators, and every fault of both in one list."""

from __future__ import annotations

from pipeline.detect import faulty_examples, refuse_faulty_examples
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.settings import Settings, read_settings


def settings_to_run(home: Home) -> Settings:
    """Read the config and try the indicators' examples, before anything is fetched or written.

    Raises:
        Failure: mistakes in config files, or indicators whose declaration or examples are wrong (8); all of them in one list.
    """
    try:
        settings = read_settings(home)
    except Failure as refused:
        if refused.code is not Exit.MISSING:
            raise
        faults = (*refused.sentences[1:], *faulty_examples())
        raise Failure(Exit.MISSING, f"{len(faults)} mistakes in {home.config} and in the indicators. Nothing was run.", *faults) from refused
    refuse_faulty_examples()
    return settings
