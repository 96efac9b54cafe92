"""Tables as files that a spreadsheet opens, and that cannot make it do anything."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARKING = "OFFICIAL-SENSITIVE"

Cell = str | int | None


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook, under its title."""

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Comma-separated, each line ended as RFC 4180 says; None is an empty cell. Numbers are left alone."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return made.getvalue()


def download(name: str, content: str) -> HttpResponse:
    """The file under a name that carries the marking, because the file itself has only the columns asked for."""
    return attachment(f"{name}.csv", content, "text/csv; charset=utf-8")


def attachment(name: str, content: str | bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{MARKING}_{name}"'
    return response


def harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text (OWASP, CSV
    injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA) else cell
