"""Tables as files that a spreadsheet opens, and that cannot make it do anything."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARKING = "OFFICIAL-SENSITIVE"

Cell = str | int | None


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Comma-separated, each line ended as RFC 4180 says; None is an empty cell.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text (OWASP, CSV
    injection). Numbers are left alone.
    """
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([_harmless(cell) for cell in header])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return made.getvalue()


def download(name: str, content: str) -> HttpResponse:
    """The file under a name that carries the marking, because the file itself has only the columns asked for."""
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{MARKING}_{name}.csv"'
    return response


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA) else cell
