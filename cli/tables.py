"""Tables that people read: queue, urgent and child route, clusters, arithmetic, the outreach list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cli.terminal import print_table, say
from pipeline.outreach.local_time import read_day
from pipeline.outreach.papers.layout import cell

MADE_UP = "  PÅHITTAT: ingen annons, ingen person och inget nummer är verkligt"
FINDING_SHOWN = 8  # hex digits; enough to name one of a morning's findings
Row = Mapping[str, Any]


def print_queue(rows: Sequence[Row], *, made_up: bool) -> None:
    """Print the queue as a table."""
    table = [
        [str(row["rank"]), row["band"], f"{row['cluster']}\n{row['lane']}", _place(row["municipality"]), _seen(row), _bullets(row["why"]),
         _bullets(row["blocked_by"])]
        for row in rows
    ]  # fmt: skip
    columns = ["Nr", "Band", "Kluster", "Ort", "Senast sedd", "Varför den bör läsas", "Spärrat av"]
    print_table("KÖ ATT LÄSA: INTE en besökslista" + (MADE_UP if made_up else ""), columns, table)


def print_route(title: str, rows: Sequence[Row], *, made_up: bool) -> None:
    """Print the ads of the urgent or the child route."""
    table = [
        [row["finding"][:FINDING_SHOWN], row.get("cluster") or "-", row["url"], _seen(row), row["sentence"], f"{row['field']}: {row['shown']}"] for row in rows
    ]
    print_table(title + (MADE_UP if made_up else ""), ["Fynd", "Kluster", "Annons", "Senast sedd", "Vad", "Underlag"], table)


def print_clusters(rows: Sequence[Row], lineage: Mapping[str, Sequence[str]]) -> None:
    """Print clusters with what is claimed, what speaks against it, and which clusters they came from."""
    table = [
        [row["cluster"], row["band"] or "-", str(len(row["ads"])), str(row["personas"]), _bullets(item["sentence"] for item in row["findings"]),
         _bullets(item["sentence"] for item in row["counter"]), _bullets(lineage.get(row["cluster"], ()))]
        for row in rows
    ]  # fmt: skip
    print_table("Kluster", ["Kluster", "Band", "Annonser", "Personer som annonseras", "Fynd", "Talar emot", "Ursprung"], table)


def print_explanation(cluster: str, body: Row, lineage: Sequence[str]) -> None:
    """Print the arithmetic of a cluster's band: families with their caps, counter-evidence, total and gate; and which clusters it came from."""
    rows: list[list[str]] = []
    for family in body["families"]:
        for item in family["findings"]:
            rows.append([family["family"], item["indicator"], f"{item['weight']:.2f}", f"{item['decay']:.2f}", f"{item['counted']:.2f}"])
        rows.append([f"{family['family']}, högst {family['cap']:.1f}", "", "", "", f"{family['counted']:.2f}"])
    rows += [["talar emot", item["id"], "", "", f"{item['counted']:.2f}"] for item in body["counter"]]
    rows.append(["SUMMA", "", "", "", f"{body['total']:.2f}"])
    print_table(f"{cluster}: band {body['band'] or '-'}", ["Familj", "Indikator", "Vikt", "Avklingning", "Räknas"], rows)
    print_table("Grind", ["Regel", "Uppfylld"], [[str(item["rule"]), "ja" if item["met"] else "nej"] for item in body["gate"]])
    if lineage:
        print_table("Ursprung", ["Vad som hänt"], [[sentence] for sentence in lineage])


def print_list(body: Row, *, made_up: bool) -> None:
    """Print the outreach list, or what waits for what when it is empty."""
    rows: Sequence[Row] = body["rows"]
    if not rows:
        say("The list is empty.", *(f"{count} wait: {why}" for why, count in body.get("waiting", {}).items()))
        return
    print_table(*list_layout(body, made_up=made_up))


def list_layout(body: Row, *, made_up: bool) -> tuple[str, list[str], list[list[str]]]:
    """Return title, columns and cells of an outreach list."""
    table = [
        [str(row["row"]), row["band"] or "-", f"{row['case']}\n{row['lane']}", _place(row["municipality"]), _seen(row), _bullets(row["why"]),
         _bullets([*row["not_known"], *row["alternatives"]]), cell("channel", row["channel"], "sv")]
        for row in body["rows"]
    ]  # fmt: skip
    columns = ["Rad", "Band", "Ärende", "Ort", "Senast sedd", "Varför nu", "Vad vi inte vet, andra förklaringar", "Kanal"]
    return f"BESÖKSLISTA {body['list_id']}, gäller till {read_day(str(body['expires']))}" + (MADE_UP if made_up else ""), columns, table


def _seen(row: Row) -> str:
    return str(read_day(row["last_seen"]))


def _bullets(lines: Any) -> str:
    return "\n".join(f"· {line}" for line in lines)


def _place(municipality: str) -> str:
    from pipeline.reading.places import municipality_names

    return municipality_names().get(municipality, municipality) if municipality else "okänd"
