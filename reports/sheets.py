"""The tables of a report as a spreadsheet: a list of them first, then one to a sheet, as the PDF prints them."""

from frontend.spreadsheet import Sheet
from frontend.text import moment_in_words
from frontend.workbook import as_xlsx
from reports.printed import Document


def workbook(document: Document) -> bytes:
    """What is hidden in the report is hidden here too."""
    tables = document.tables
    listed = [(f"Table {number}", section.title, table.title) for number, (section, table) in enumerate(tables, 1)]
    about = [
        (document.title, "", ""),
        (f"{document.partnership}, {document.version.lower()}", "", ""),
        (f"Figures as known on {moment_in_words(document.figures_at)}", "", ""),
        (document.footnote, "", ""),
    ]
    contents = Sheet("Contents", document.title, ("Sheet", "Section", "Table"), [*listed, ("", "", ""), *about])
    sheets = [
        Sheet(name, table.title, table.columns, list(table.rows))
        for (name, _, _), (_, table) in zip(listed, tables, strict=True)
    ]
    return as_xlsx([contents, *sheets])
