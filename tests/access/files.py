"""Files, most of whose words are not to be seen in their bytes, and what stands inside one."""

import io

import pypdfium2
from django.http import HttpResponse
from openpyxl import load_workbook

from reports.views import XLSX

PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"
KINDS = {PDF, XLSX}
# Each address that gives one of these: test_files.py reads it inside.
READ_INSIDE = {"documents:download", "reports:pdf", "reports:xlsx"}


def inside(response: HttpResponse) -> str | None:
    """All its words; None of what is no such file."""
    match response.headers.get("Content-Type"):
        case kind if kind == PDF:
            with pypdfium2.PdfDocument(response.content) as opened:
                return "\n".join(each.get_textpage().get_text_bounded() for each in opened)
        case kind if kind == XLSX:
            sheets = load_workbook(io.BytesIO(response.content))
            return "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
        case kind if kind == CSV:
            return response.content.decode()
        case _:
            return None
