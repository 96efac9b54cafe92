"""A list from a file is found by its headings, in whatever order they stand."""

import pytest

from frontend.lists import NotAList, rows_of

COLUMNS = {"name": ("name", "full name"), "agency": ("agency", "organisation"), "role": ("role",), "note": ("note",)}
NEEDED = ("name", "agency", "role")


class TestRowsOf:
    def test_are_found_by_their_headings_in_any_order(self) -> None:
        table = [["Role", "X", "NAME", "Organisation"], [], ["Nurse", "x", "Jo", "NHS"], ["?"]]
        assert rows_of(table, COLUMNS, NEEDED) == [
            (3, {"name": "Jo", "agency": "NHS", "role": "Nurse", "note": ""}),
            (4, {"name": "", "agency": "", "role": "?", "note": ""}),
        ]

    @pytest.mark.parametrize(
        ("table", "sentence"),
        [
            ([], "no rows"),
            ([["Name", "Agency", "Role"]], "no rows below"),
            ([["Role"], ["a"]], "headings Name, Agency and Role. Not found: Name, Agency"),
            ([["Name", "Agency", "Role"]] + [["a"]] * 1001, "1,000 rows or fewer"),
        ],
    )
    def test_says_what_is_wrong(self, table: list[list[str]], sentence: str) -> None:
        with pytest.raises(NotAList, match=sentence):
            rows_of(table, COLUMNS, NEEDED)
