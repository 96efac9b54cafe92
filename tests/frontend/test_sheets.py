"""What people send as a table is read cell by cell, and what only looks like one is refused."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from frontend import sheets

SHEET = "xl/worksheets/sheet1.xml"
SHARED = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a</t></si>{}</sst>'
BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def workbook(*rows: list[Any], fill: Callable[[Workbook], None] = lambda book: None) -> bytes:
    book, made = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    fill(book)
    book.save(made)
    return made.getvalue()


def tampered(content: bytes, change: Callable[[str], str], *, part: str = SHEET) -> bytes:
    """The workbook with one of its parts written anew."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name == part else text)
    return made.getvalue()


def sharing(texts: str) -> bytes:
    """A workbook whose one cell refers to the second of these texts, as Excel saves it."""
    type_of = '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
    type_of += '.spreadsheetml.sharedStrings+xml"/></Types>'
    content = tampered(workbook(["x"]), lambda text: text.replace('"inlineStr"><is><t>x</t></is>', '"s"><v>1</v>'))
    content = tampered(content, lambda text: text.replace("</Types>", type_of), part="[Content_Types].xml")
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", texts)
    return made.getvalue()


def behind_another(book: Workbook) -> None:
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Shown").append(["Seen"])


class TestCsv:
    @pytest.mark.parametrize(
        "text", ["Name,Role\r\nJo, Nurse \r\n", "Name;Role\nJo;Nurse", "Name\tRole\nJo\tNurse\n\n"]
    )
    def test_is_read_whatever_parts_its_cells(self, text: str) -> None:
        assert sheets.read(text.encode()) == [["Name", "Role"], ["Jo", "Nurse"]]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_is_read_in_the_encodings_that_spreadsheets_save(self, encoding: str) -> None:
        assert sheets.read("Zoë,Nurse".encode(encoding)) == [["Zoë", "Nurse"]]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "is empty"),
            (b"a\0b", "must be a CSV or Excel"),
            (b'"a', "is damaged"),
            (b"a" * (sheets.MOST_BYTES + 1), "2 MB or smaller"),
            (b"a\n" * (sheets.MOST_LINES + 1), "5,000 lines or fewer"),
        ],
    )
    def test_says_why_it_is_refused(self, content: bytes, sentence: str) -> None:
        with pytest.raises(sheets.NotATable, match=sentence):
            sheets.read(content)


class TestWorkbook:
    def test_is_read_with_gaps_numbers_days_and_moments(self) -> None:
        moment = datetime(2026, 11, 2, 9, 15)  # noqa: DTZ001 (a spreadsheet knows no time zone)
        content = workbook(["Name", None, " Role "], [], ["Jo", 7, 7.5, date(2026, 11, 2), moment, None])
        expected = ["Jo", "7", "7.5", "2026-11-02", "2026-11-02 09:15:00"]
        assert sheets.read(content) == [["Name", "", "Role"], [], expected]

    def test_is_read_as_excel_saves_it(self) -> None:
        assert sheets.read(sharing(SHARED.format("<si><r><t>J</t></r><r><t>o</t></r></si>"))) == [["Jo"]]

    def test_a_formula_is_what_it_gave_when_it_was_saved(self) -> None:
        content = workbook(["=1+1", "=2+2"])
        saved = tampered(content, lambda text: text.replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>"))
        assert sheets.read(saved) == [["2"]]

    def test_what_it_says_of_its_own_size_hides_nothing(self) -> None:
        content = workbook(["a"], ["b"])
        assert sheets.read(tampered(content, lambda text: text.replace('ref="A1:A2"', 'ref="A1:A1"'))) == [["a"], ["b"]]

    def test_a_hidden_sheet_is_passed_over(self) -> None:
        assert sheets.read(workbook(["Hidden"], fill=behind_another)) == [["Seen"]]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (tampered(workbook(["x"]), lambda text: BILLION + text), "damaged"),
            (sharing(BILLION + SHARED.format("<si><t>&b;</t></si>")), "damaged"),
            (tampered(workbook(["x"]), lambda text: text[:-20]), "damaged"),
            (sharing(SHARED.format("")), "damaged"),
            (workbook(["x"])[:60], "damaged"),
            (tampered(workbook(["x"]), lambda text: text.replace('"1"', '"999999999"')), "5,000 lines or fewer"),
            (tampered(workbook(["x"]), lambda text: text + " " * sheets.MOST_UNPACKED), "too large when it is"),
            (workbook(*[["x" * 30_000] * 50] * 20), "too large when it is"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "saved as .xlsx, without a password"),
        ],
        # A workbook holds the time at which it was made, and two workers would call the test by two names.
        ids=["entity", "shared", "unclosed", "reference", "cut", "long", "unpacked", "repeated", "locked"],
    )
    def test_that_is_none_is_refused(self, content: bytes, sentence: str) -> None:
        with pytest.raises(sheets.NotATable, match=sentence):
            sheets.read(content)

    def test_another_archive_is_refused(self) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("word/document.xml", "<x/>")
        with pytest.raises(sheets.NotATable, match="must be a CSV or Excel"):
            sheets.read(made.getvalue())

    def test_columns_beyond_those_that_anybody_needs_are_left_out(self) -> None:
        assert sheets.read(workbook([None, 2, *[None] * 60, 3])) == [["", "2"]]
