"""A file as it leaves the site."""

from django.http import HttpResponse

from documents import selectors
from documents.models import StoredFile
from frontend.spreadsheet import MARKING

NOTHING_RUNS_IN_IT = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def attachment(file: StoredFile) -> HttpResponse:
    """An attachment, of the kind that we found it to be, under a name that names nobody (ASVS 3.2.1, 5.4.1)."""
    response = HttpResponse(selectors.content_of(file), content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{MARKING}_{file.reference}{file.suffix}"'
    response["Content-Security-Policy"] = NOTHING_RUNS_IN_IT
    return response
