"""Commands that look without storing: read, photos, texts, indicators, evaluate, bias, doctor."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.common import HomeOption, JsonOption, home_of, now
from cli.terminal import as_json, print_json, print_lines, print_table, say
from pipeline.failure import Exit, Failure

photos_app = typer.Typer(help="Compare pictures by their hashes; nothing is stored.", no_args_is_help=True)
indicators_app = typer.Typer(help="What counts, why, and how much hangs on it.")
LONG = "a longer text is no ad. Cut it into parts to have the rest read."
texts_app = typer.Typer(help="Find texts built from one template; nothing is stored.", no_args_is_help=True)


def add_looking(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(read)
    photos_app.command("group")(photos_group)
    photos_app.command("compare")(photos_compare)
    app.add_typer(photos_app, name="photos")
    texts_app.command("group")(texts_group)
    app.add_typer(texts_app, name="texts")
    for name, command in (("list", indicators_list), ("explain", indicators_explain), ("sensitivity", indicators_sensitivity)):
        indicators_app.command(name)(command)
    app.add_typer(indicators_app, name="indicators")
    app.command()(bias)
    app.command()(evaluate)
    app.command()(doctor)


def read(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")] = "-",
    region: Annotated[str, typer.Option(help="Country whose numbers need no prefix.")] = "SE",
    lines: Annotated[bool, typer.Option("--lines", help='JSON Lines {"id": ..., "text": ...}; answers one object a line.')] = False,
    json_out: JsonOption = False,
) -> None:
    """Show what Lykta reads in one text. Nothing is stored.

    Example: lykta read annons.txt --json
    """
    from pipeline.home import SHIPPED_CONFIG
    from pipeline.reading.reader import Reader
    from pipeline.settings import read_shipped

    settings = read_shipped(SHIPPED_CONFIG)
    reader = Reader(settings.lexicon, settings.reading, region=region)
    content = _content(file)
    if lines:
        for number, line in enumerate(content.split("\n"), start=1):
            if line.strip():
                print(as_json(_read_line(reader, line, number)))
        return
    body = reader.read(content).as_json()
    if json_out:
        print_json(body)
    else:
        print_lines([f"Read up to character {left['start']} of {left['end']}: {LONG}" for left in body["unread"]])
        for kind, found in body.items():
            if not found or kind == "unread":
                continue
            print_table(
                kind,
                ["what", "where"],
                [
                    [
                        ", ".join(f"{key} {value}" for key, value in row.items() if key not in ("start", "end")),
                        f"{row['start']}-{row['end']}" if "start" in row else "",
                    ]
                    for row in found
                ],
            )


def _read_line(reader: object, line: str, number: int) -> dict[str, object]:
    try:
        row = json.loads(line)
        text, name = row["text"], row["id"]
        if not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        raise Failure(Exit.USAGE, f'line {number}: write {{"id": ..., "text": "..."}}. The lines before it are answered.') from None
    return {"version": 1, "id": name, **reader.read(text).as_json()}  # type: ignore[attr-defined]


def _content(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Failure(Exit.USAGE, f"{file}: cannot be read ({error.strerror}).") from error
    return raw.decode("utf-8", "replace")


def photos_group(folder: Annotated[Path, typer.Argument(help="Folder of pictures.")], json_out: JsonOption = False) -> None:
    """Group the pictures of a folder that show the same.

    Example: lykta photos group ./pictures --json
    """
    from cli.pictures import group_files

    if not folder.is_dir():
        raise Failure(Exit.USAGE, f"{folder}: no such folder.")
    _show_photos(group_files(sorted(path for path in folder.iterdir() if path.is_file())), json_out)


def photos_compare(
    left: Path,
    right: Path,
    home: Annotated[Path | None, typer.Option("--home", help="An installation: say too which of the two never links there, and why.")] = None,
    json_out: JsonOption = False,
) -> None:
    """Say how two pictures match. With --home, say which of them is one that never links there (a stock photo, a site's own), and why.

    Example: lykta photos compare a.jpg b.jpg
    """
    from cli.pictures import compare_files

    for path in (left, right):
        if not path.is_file():
            raise Failure(Exit.USAGE, f"{path}: no such file.")
    _show_photos(compare_files([left, right], home_of(home) if home else None, now()), json_out)


def _show_photos(body: Mapping[str, Any], json_out: bool) -> None:
    if json_out:
        print_json(body)
        return
    print_lines(["same picture: " + ", ".join(members) for members in body["groups"] if len(members) > 1])
    print_lines([f"{link['a']} and {link['b']}: {_likeness(link)}" for link in body["links"]])
    print_lines([f"{row['file']}: never links, {row['why']}" for row in body.get("never_link", ())])
    print_lines([f"{row['file']}: not read, {row['why']}" for row in body["unreadable"]])
    if not body["links"]:
        say("No two of them show the same.")


def _likeness(link: Mapping[str, Any]) -> str:
    doubt = "; weak, needs a second sign" if link["needs_second_sign"] else "; strong, stands alone"
    left, right = link["hashes"]
    met = "" if left == right == "whole" else f", {left} against {right}"
    others = "too few other hashes to compare" if link["agree"] is None else f"all hashes agree to {link['agree']} bits"
    return f"{link['how']}{met}, {link['distance']} of 256 bits apart, {others}{doubt}"


def texts_group(file: Annotated[str, typer.Argument(help='JSON Lines {"id": ..., "text": ...}, or -.')], json_out: JsonOption = False) -> None:
    """Group texts that are built from one template, and show template and slots.

    Example: lykta texts group ads.jsonl --json
    """
    from pipeline.home import SHIPPED_CONFIG
    from pipeline.match.grouping import group
    from pipeline.settings import read_shipped

    rows: list[tuple[str, str]] = []
    for number, line in enumerate(_content(file).split("\n"), start=1):
        if line.strip():
            try:
                row = json.loads(line)
                rows.append((str(row["id"]), str(row["text"])))
            except (ValueError, KeyError, TypeError):
                raise Failure(Exit.USAGE, f'line {number}: write {{"id": ..., "text": "..."}}. Nothing was read.') from None
    body = group(rows, read_shipped(SHIPPED_CONFIG).linking.texts)
    if json_out:
        print_json(body)
        return
    for found in body["groups"]:
        print_lines([found["template"], *(f"  {member}" for member in found["members"])])
    say(f"{len(body['groups'])} templates, {len(body['alone'])} texts alone.")


@indicators_app.callback(invoke_without_command=True)
def indicators(context: typer.Context) -> None:
    """Ask about the indicators; alone, list them."""
    if context.invoked_subcommand is None:
        indicators_list()


def indicators_list(json_out: JsonOption = False) -> None:
    """List the indicators by family and strength.

    Example: lykta indicators list --json
    """
    from indicators.catalogue import catalogue
    from pipeline.indicator_docs import as_json

    if json_out:
        print_json({"indicators": [as_json(item) for item in catalogue()]})
    else:
        print_table("Indicators", ["Id", "Family", "Tier", "Title"], [[item.id, item.family, item.tier, item.title.sv] for item in catalogue()])


def indicators_explain(indicator: Annotated[str, typer.Argument(help="Its id.")], json_out: JsonOption = False) -> None:
    """Show one indicator whole: definition, sources, innocent explanations, values, and what it misses.

    Example: lykta indicators explain shared_phone_multi_persona
    """
    from indicators.catalogue import catalogue
    from indicators.faults import near
    from pipeline.indicator_docs import as_json, page

    known = {item.id: item for item in catalogue()}
    if indicator not in known:
        raise Failure(Exit.USAGE, f"{indicator} is not an indicator{near(indicator, known)}. Run lykta indicators list for all.")
    if json_out:
        print_json({"indicator": as_json(known[indicator])})
    else:
        print_lines(page(known[indicator]).split("\n"))


def indicators_sensitivity(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """Show how many clusters would change band if each weight or indicator counted half, or half more.

    Example: lykta indicators sensitivity --json
    """
    from cli.measuring import moved_table, sensitivity_of

    body = sensitivity_of(home_of(home))
    if json_out:
        print_json(body)
    else:
        print_table("What moves if a weight is wrong by half", ["What", "Counts", "Up", "Down", "Comes in", "Goes out"], moved_table(body))
        say("Weights are starting values by expert judgement, not validated. Nothing is changed by asking.")


def bias(home: HomeOption = None, json_out: JsonOption = False) -> None:
    """Show how often advertisers are flagged, approved and visited, by language, municipality and price, with 95 % intervals.

    Example: lykta bias --json
    """
    from cli.measuring import bias_of, bias_table

    body = bias_of(home_of(home))
    if json_out:
        print_json(body)
        return
    for name, rows in body["by"].items():
        print_table(f"By {name}", ["Group", "Advertisers", "Flagged", "Approved", "Visited"], bias_table(rows))
    print_lines(body["notes"])


def evaluate(
    truth: Annotated[Path, typer.Argument(help="truth.jsonl, as lykta simulate writes it.")], home: HomeOption = None, json_out: JsonOption = False
) -> None:
    """Compare clusters and queue with a known truth, beside what an afternoon's work gives.

    Example: lykta evaluate data/demo-town/truth.jsonl
    """
    from cli.measuring import evaluate_home, kinds_table, table

    body = evaluate_home(home_of(home), truth)
    if json_out:
        print_json(body)
    else:
        print_table("Evaluation", ["Measure", "Lykta", "Shared phone only"], table(body))
        if "by_kind" in body:
            columns = ["Kind", "Controlled", "Groups of 4+ ads in a band", "All in a band", "Bands", "Missed for want of", "Read all the same"]
            print_table("By kind of actor", columns, kinds_table(body["by_kind"]))


def doctor(
    home: HomeOption = None,
    json_out: JsonOption = False,
    deep: Annotated[bool, typer.Option("--deep", help="Also read every byte that is kept, and name what is damaged.")] = False,
    prometheus: Annotated[bool, typer.Option("--prometheus", help="Print the checks as Prometheus text.")] = False,
) -> None:
    """Check keys, disk, Chromium, snapshot, casebook and audit chain, and say what to do.

    Example: lykta doctor
    """
    from cli.doctor import checks

    rows = checks(home_of(home), deep=deep)
    if json_out:
        print_json({"checks": rows})
    elif prometheus:
        print_lines(["# TYPE lykta_check_ok gauge", *(f'lykta_check_ok{{check="{row["check"]}"}} {int(bool(row["ok"]))}' for row in rows)])
    else:
        print_table("Doctor", ["Check", "Result", "What to do"], [[str(row["check"]), "ok" if row["ok"] else "NOT OK", str(row["advice"])] for row in rows])
    raise typer.Exit(int(Exit.DONE if all(row["ok"] for row in rows) else Exit.INTEGRITY))
