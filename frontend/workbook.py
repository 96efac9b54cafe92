"""Tables as a workbook for Excel and LibreOffice.

The only module that loads openpyxl's writer, which takes a third of a second: no start of a worker waits for it.
"""

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE as _NOT_IN_XML
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from frontend.spreadsheet import MARKING, Cell, Sheet, harmless

WIDEST = 60


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A text that looks like a formula is a text here too; each sheet prints with the marking at its head and foot."""
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


def _xlsx_cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    kept = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, harmless(kept))
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font, cell.alignment = Font(bold=bold), Alignment(wrap_text=True, vertical="top")
    return cell
