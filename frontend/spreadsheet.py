"""Tables as files that a spreadsheet opens, and that cannot make it do anything."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE as _NOT_IN_XML
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARKING = "OFFICIAL-SENSITIVE"

Cell = str | int | None
WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook, under its title."""

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


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


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook for Excel and LibreOffice. A text that looks like a formula is a text here too; each sheet prints with
    the marking at its head and foot."""
    workbook = Workbook(write_only=True)
    for each in sheets:
        sheet = workbook.create_sheet(each.name)
        sheet.freeze_panes = "A3"
        sheet.oddHeader.center.text = sheet.oddFooter.center.text = MARKING
        for place in range(len(each.header)):
            texts = [str(row[place]) for row in (each.header, *each.rows) if row[place] is not None]
            sheet.column_dimensions[get_column_letter(place + 1)].width = min(WIDEST, max(map(len, texts)) + 2)
        sheet.append([_xlsx_cell(sheet, each.title, bold=True)])
        sheet.append([_xlsx_cell(sheet, cell, bold=True) for cell in each.header])
        for row in each.rows:
            sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def download(name: str, content: str) -> HttpResponse:
    """The file under a name that carries the marking, because the file itself has only the columns asked for."""
    return attachment(f"{name}.csv", content, "text/csv; charset=utf-8")


def attachment(name: str, content: str | bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{MARKING}_{name}"'
    return response


def _xlsx_cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    kept = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, _harmless(kept))
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font, cell.alignment = Font(bold=bold), Alignment(wrap_text=True, vertical="top")
    return cell


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA) else cell
