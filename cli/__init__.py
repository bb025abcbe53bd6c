"""The command line: one function a command, glue without logic. Heavy packages are imported inside the command that needs them."""

from __future__ import annotations

import os
import sys
import traceback

import typer

from cli.asking import add_asking
from cli.caring import add_caring
from cli.collecting import add_collecting
from cli.elsewhere import add_elsewhere
from cli.linking import add_linking
from cli.looking import add_looking
from cli.papers import add_papers
from cli.reviewing import add_reviewing
from cli.terminal import say
from pipeline.failure import Exit, Failure

app = typer.Typer(
    name="lykta",
    help="Lykta finds people who may need support, from public ads. Nobody is visited without two people's decision.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
add_collecting(app)
add_reviewing(app)
add_looking(app)
add_linking(app)
add_elsewhere(app)
add_caring(app)
add_asking(app)
add_papers(app)


def main() -> None:
    """Run one command and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code, as the command line promises them."""
    try:
        app(args=arguments, prog_name="lykta")
    except SystemExit as stop:
        return int(stop.code or 0)
    except Failure as failure:
        say(*failure.sentences)
        return int(failure.code)
    except KeyboardInterrupt:
        say("Interrupted. What was committed stays; run the same command again to go on.")
        return int(Exit.INTERRUPTED)
    except BrokenPipeError:
        return int(Exit.DONE)
    except Exception as error:  # the last line of defence: a person gets a sentence, a developer asks for the rest
        if os.environ.get("LYKTA_TRACEBACK"):
            raise
        say(*_our_fault(error))
        return int(Exit.OUR_FAULT)
    return int(Exit.DONE)


def _our_fault(error: Exception) -> tuple[str, str]:
    """Say where the program failed, without the values that it failed on: those may be about people."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} in {os.path.basename(frame.filename)}, line {frame.lineno}"
    return f"Lykta itself failed: {place}. What was committed stays.", "Report that line. LYKTA_TRACEBACK=1 before the same command shows the whole way there."
