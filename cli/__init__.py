"""The command line: one function a command, glue without logic. Heavy packages are imported inside the command that needs them."""

from __future__ import annotations

import sys

import typer

from cli.collecting import add_collecting
from cli.looking import add_looking
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
    return int(Exit.DONE)
