"""Files for spreadsheets: nothing in them is a formula, and what was put in comes out again."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from frontend import spreadsheet
from frontend.spreadsheet import MARKING, Sheet
from frontend.workbook import as_xlsx

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read(content: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content, newline="")))


class TestAsCsv:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
    def test_asvs_1_2_10_a_formula_becomes_text(self, start: str) -> None:
        assert read(spreadsheet.as_csv(["a"], [[f"{start}1+1"]]))[1] == [f"'{start}1+1"]

    def test_numbers_stay_numbers_and_nothing_stays_empty(self) -> None:
        assert spreadsheet.as_csv(["a", "b"], [[-1, None]]) == "a,b\r\n-1,\r\n"

    @given(st.lists(TEXTS, min_size=2, max_size=4))
    def test_every_cell_comes_out_as_it_went_in_or_with_the_apostrophe(self, cells: list[str]) -> None:
        (back,) = read(spreadsheet.as_csv(cells, []))
        assert all(after in {before, f"'{before}"} for before, after in zip(cells, back, strict=True))
        assert not any(after.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for after in back)


class TestDownload:
    def test_the_name_carries_the_marking(self) -> None:
        response = spreadsheet.download("figures", "a\r\n")
        assert response["Content-Disposition"] == 'attachment; filename="OFFICIAL-SENSITIVE_figures.csv"'
        assert response["Content-Type"] == "text/csv; charset=utf-8"


class TestXlsx:
    def test_holds_each_table_under_its_title_with_the_marking(self) -> None:
        made = as_xlsx([Sheet("One", "How many", ("What", "Number"), [("Forms", 12), ("Letters", None)])])
        sheet = load_workbook(io.BytesIO(made))["One"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert rows == [["How many", None], ["What", "Number"], ["Forms", 12], ["Letters", None]]
        assert sheet.oddFooter.center.text == MARKING

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
    def test_a_text_that_looks_like_a_formula_is_a_text(self, text: str) -> None:
        sheet = load_workbook(io.BytesIO(as_xlsx([Sheet("One", text, (text,), [(text,)])])))["One"]
        assert {cell.value for row in sheet.iter_rows() for cell in row} == {f"'{text}"}
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}

    def test_what_no_workbook_can_hold_is_marked(self) -> None:
        sheet = load_workbook(io.BytesIO(as_xlsx([Sheet("One", "t", ("h",), [("a\x0bb",)])])))["One"]
        assert sheet["A3"].value == "a\N{REPLACEMENT CHARACTER}b"
