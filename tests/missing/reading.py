"""Opening pages as a browser does, filling in moments, and counting what a page asks the database."""

import html
import re
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frontend.text import LONDON


def at_page(name: str, *args: int) -> str:
    return reverse(f"missing:{name}", args=args)


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return str(response.content.decode())


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="(\w+)"', page)
    assert found
    return found[1]


def typed(**moments: datetime) -> dict[str, str]:
    """Moments as a person types them."""
    boxes: dict[str, str] = {}
    for name, moment in moments.items():
        local = moment.astimezone(LONDON)
        parts = {"day": local.day, "month": local.month, "year": local.year}
        boxes |= {f"{name}_on-{part}": str(number) for part, number in parts.items()}
        boxes[f"{name}_time"] = f"{local:%H:%M}"
    return boxes


def queries(client: Client, page: str) -> int:
    """How many questions one look at the page asks the database, once warm; the marks of a transaction are none."""
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


def beside(page: str, field: str) -> str:
    """What is complained of beside a field, and linked to from the top of the page; empty where nothing is."""
    found = re.search(rf'<p id="id_{field}-error" class="govuk-error-message">(.*?)</p>', page, re.DOTALL)
    if not found:
        return ""
    sentence = re.sub(r"<span.*?</span>|<[^>]+>", "", found[1]).strip()
    assert "There is a problem" in page
    assert re.search(rf'<a href="#id_{field}[\w-]*">\s*{re.escape(sentence)}', page)
    return html.unescape(sentence)
