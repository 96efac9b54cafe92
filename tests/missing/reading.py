"""Opening pages as a browser does, filling in moments, and counting what a page asks the database."""

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
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def typed(**moments: datetime) -> dict[str, str]:
    """Moments as a person types them."""
    boxes = {}
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
