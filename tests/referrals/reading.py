"""Opening pages as a browser does, and counting what they ask the database."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

MOST_QUERIES = 12


def at_page(name: str, *args: int) -> str:
    return reverse(f"referrals:{name}", args=args)


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return str(response.content.decode())


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def queries(client: Client, page: str) -> int:
    """How many questions one look at the page asks the database, once warm."""
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)
