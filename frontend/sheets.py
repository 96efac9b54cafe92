"""Tables that people send: CSV as any spreadsheet saves it, and the first sheet of an Excel workbook (XLSX).

Only what is written in the cells is read: no formula is worked out, nothing outside the file is looked at, and a file
that unpacks to far more than it is is refused. openpyxl reads the workbook; that defusedxml is installed is what makes
it refuse the entities by which a small file becomes a large one.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_LINES = 5_000
MOST_COLUMNS = 50
MOST_IN_CELL = 32_767
"""Excel's own limit."""
ACCEPTED = "CSV or Excel (.xlsx)"

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_NEITHER = f"The selected file must be a {ACCEPTED} file"
_TOO_LARGE = "The selected file is too large when it is unpacked"
_TOO_LONG = f"The selected file must have {MOST_LINES:,} lines or fewer"


class NotATable(Exception):
    """The file is not taken; `str` is the sentence why."""


def read(content: bytes) -> list[list[str]]:
    """Its lines, each cell as text without space around it; days as 2026-11-02. Raises NotATable."""
    if not content:
        raise NotATable("The selected file is empty")
    if len(content) > MOST_BYTES:
        raise NotATable("The selected file must be 2 MB or smaller")
    if content.startswith(_OLD_OR_LOCKED):
        raise NotATable("The selected file must be saved as .xlsx, without a password")
    rows = _workbook(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    return _lines(rows)


def _lines(rows: Iterable[list[str]]) -> list[list[str]]:
    """Without the empty ones at the end, as far as a table may be long and large."""
    lines: list[list[str]] = []
    size = 0
    for row in rows:
        if len(lines) == MOST_LINES:
            raise NotATable(_TOO_LONG)
        size += sum(map(len, row))
        if size > MOST_UNPACKED:
            raise NotATable(_TOO_LARGE)
        lines.append(row)
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # as Excel saves what it calls simply CSV
    if "\0" in text:
        raise NotATable(_NEITHER)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True):
            yield [cell.strip() for cell in row[:MOST_COLUMNS]]
    except csv.Error as broken:
        raise NotATable("The selected file is damaged, so it could not be read") from broken


def _workbook(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if not any(name.startswith("xl/") for name in archive.namelist()):
                raise NotATable(_NEITHER)
            if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
                raise NotATable(_TOO_LARGE)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out, which is all that is no cell
            yield from _rows(content)
    except NotATable:
        raise
    except Exception as broken:  # a damaged file makes openpyxl raise almost anything
        raise NotATable("The selected file is damaged, so it could not be read") from broken


def _rows(content: bytes) -> Iterator[list[str]]:
    """Every line of the first sheet that is not hidden, those that it leaves out empty."""
    from openpyxl import load_workbook  # takes a third of a second, which no start of a worker waits for

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
    sheet.reset_dimensions()  # what a file says of its own size need not be so
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        row = [_said(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        yield row


def _said(value: Any) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)[:MOST_IN_CELL].strip()
