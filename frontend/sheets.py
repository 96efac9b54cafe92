"""Tables that people send: CSV as any spreadsheet saves it, and the first sheet of an Excel workbook (XLSX).

Only what is written in the cells is read: no formula is worked out, nothing outside the file is looked at, and a file
that unpacks to far more than it is is refused. What no sheet needs in its XML, a document type, is refused as well:
without one there are no entities to expand.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree  # nosec B405 (what is parsed has no document type)

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_LINES = 5_000
MOST_COLUMNS = 50
ACCEPTED = "CSV or Excel (.xlsx)"

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_PLACE = re.compile(r"([A-Z]{1,3})\d+")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, KeyError, ValueError)


class NotATable(Exception):
    """The file is not taken; `str` is the sentence why."""


def read(content: bytes) -> list[list[str]]:
    """Its lines, each cell as text without space around it. Raises NotATable."""
    if not content:
        raise NotATable("The selected file is empty")
    if len(content) > MOST_BYTES:
        raise NotATable("The selected file must be 2 MB or smaller")
    lines = _workbook(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    while lines and not any(lines[-1]):
        lines.pop()
    if len(lines) > MOST_LINES:
        raise NotATable(f"The selected file must have {MOST_LINES:,} lines or fewer")
    return lines


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # as Excel saves what it calls simply CSV
    if "\0" in text:
        raise NotATable(f"The selected file must be a {ACCEPTED} file")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        return [[cell.strip() for cell in row[:MOST_COLUMNS]] for row in rows]
    except csv.Error as broken:
        raise NotATable("The selected file is damaged, so it could not be read") from broken


def _workbook(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
                raise NotATable("The selected file is too large when it is unpacked")
            sheets = sorted((int(found[1]), name) for name in archive.namelist() if (found := _SHEET.fullmatch(name)))
            if not sheets:
                raise NotATable(f"The selected file must be a {ACCEPTED} file")
            shared = _shared(archive)
            return list(_lines(_parsed(archive.read(sheets[0][1])), shared))
    except (*_BROKEN, ElementTree.ParseError) as broken:
        raise NotATable("The selected file is damaged or protected by a password, so it could not be read") from broken


def _shared(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells refer to by number."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(each) for each in _parsed(archive.read("xl/sharedStrings.xml")).iter(f"{_MAIN}si")]


def _parsed(content: bytes) -> ElementTree.Element:
    """Read as UTF-8 first, so that a document type cannot hide in another encoding."""
    text = content.decode("utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("a document type")
    return ElementTree.fromstring(text.partition("?>")[2] if text.startswith("<?xml") else text)  # nosec B314 # noqa: S314


def _lines(sheet: ElementTree.Element, shared: list[str]) -> Iterator[list[str]]:
    """Every line of the sheet, those that it leaves out empty."""
    made = 0
    for row in sheet.iter(f"{_MAIN}row"):
        number = int(row.get("r", made + 1))
        if number > MOST_LINES:
            raise NotATable(f"The selected file must have {MOST_LINES:,} lines or fewer")
        yield from ([] for _ in range(made + 1, number))
        made = number
        yield _cells(row, shared)


def _cells(row: ElementTree.Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        place = _column(cell.get("r", ""), len(cells))
        if place < MOST_COLUMNS:
            cells += [""] * (place + 1 - len(cells))
            cells[place] = _value(cell, shared).strip()
    return cells


def _column(reference: str, following: int) -> int:
    """`C7` is column 2; where the cell does not say, it follows the one before."""
    found = _PLACE.fullmatch(reference)
    if not found:
        return following
    place = 0
    for letter in found[1]:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return value


def _text(element: ElementTree.Element) -> str:
    """All of a text, whatever its parts look like."""
    return "".join(part.text or "" for part in element.findall(f".//{_MAIN}t"))
