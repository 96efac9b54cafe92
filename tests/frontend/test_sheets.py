"""What people send as a table is read cell by cell, and what only looks like one is refused."""

import io
import zipfile

import pytest

from frontend import sheets

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(rows: str, *, shared: str = "", head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/worksheets/sheet1.xml", f"{head}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
        )
        if shared:
            archive.writestr("xl/sharedStrings.xml", f"{head}<sst {MAIN}>{shared}</sst>")
    return made.getvalue()


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
    def test_is_read_with_shared_and_inline_texts_and_gaps(self) -> None:
        rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>Ro</t></is></c></row>'
        rows += '<row r="3"><c t="s"><v>1</v></c><c><v>7</v></c><c t="s"><v>9</v></c></row>'
        shared = "<si><t>Name</t></si><si><r><t>J</t></r><r><t>o</t></r></si>"
        assert sheets.read(workbook(rows, shared=shared)) == [["Name", "", "Ro"], [], ["Jo", "7", ""]]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (workbook("", head='<!DOCTYPE x [<!ENTITY a "b">]>'), "damaged"),
            (workbook("<row"), "damaged"),
            (workbook("")[:60], "damaged"),
            (workbook('<row r="6000"/>'), "5,000 lines or fewer"),
            (workbook(" " * (sheets.MOST_UNPACKED + 1)), "too large when it is unpacked"),
        ],
        # A workbook holds the time at which it was made, and two workers would call the test by two names.
        ids=["entity", "unclosed", "cut", "long", "unpacked"],
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
        rows = '<row r="1"><c r="XFD1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        assert sheets.read(workbook(rows)) == [["", "2"]]
