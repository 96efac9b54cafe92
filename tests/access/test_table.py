"""The table in table.py, asked of the site row by row."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from people.codes import Restriction
from people.models import Child
from tests import prepared
from tests.access import files
from tests.access.table import ELSEWHERE, PEOPLE, TABLE
from tests.access.world import SECRETS, World, build

# What an address needs beside the number of its record.
ALSO = {"riskassessment:save_section": ("serious",), "riskassessment:autosave": ("serious",)}
ALSO |= {"governance:begin_committee": (2,)}
ALSO |= {"missing:save_interview": ("meeting",), "missing:autosave": ("why",), "missing:figure": ("eligible",)}
ALSO |= {"governance:behind": ("riskassessment.submitted",)}
NO_NEED_TO_KNOW = {"vis", "exp", "str", "exc", "sem", "brd", "igo", "adm", "lft"}
EVERY_METHOD = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    about: str
    expected: dict[str, int]

    def address(self, world: World) -> str:
        numbers = () if self.about == "-" else (world.records[self.about]().pk,)
        return reverse(self.name, args=(*numbers, *ALSO.get(self.name, ()), *world.also(self.about)))


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.splitlines() if line and not line.endswith(" ".join(PEOPLE))]
    return [
        Row(name, method, about, dict(zip(PEOPLE, map(int, cells), strict=True)))
        for name, method, about, *cells in lines
    ]


ROWS = rows()


def names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """The name of every address the site answers to."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry} has no name"
            yield f"{namespace}{entry.name}"


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for all rows: what each of them does is put back."""
    with prepared.for_a_file(django_db_blocker):
        yield build()


@pytest.fixture
def world(shared: World, db: None, caplog: pytest.LogCaptureFixture) -> World:
    caplog.set_level(logging.CRITICAL, logger="django.request")  # thousands of refusals are no news
    return shared


def ask(world: World, who: str, method: str, address: str, body: str = "") -> HttpResponse:
    """The answer that this person gets; whatever it changed is put back."""
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        if who in world.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[who]
        response: HttpResponse = client.generic(
            method, address, body, "application/x-www-form-urlencoded", secure=settings.HTTPS
        )
        transaction.set_rollback(True)
    return response


def test_asvs_8_2_1_every_address_is_in_the_table() -> None:
    listed = {row.name for row in ROWS} | ELSEWHERE.keys()
    known = set(names())
    assert not sorted(known - listed), "add these addresses to tests/access/table.py"
    assert not sorted(listed - known - {"demo", "demo_sign_in", "demo_confirm"}), (
        "these addresses are gone: take them off the table"
    )


# What is about no record of the child.
STAYS_OPEN = {"-", "notice", "absence"}
KEEP_SIGHT = {"per", "brk"}
HAVE_SIGHT = (*KEEP_SIGHT, "aut", "man", "gra", "msh", "coo", "cmg")


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.method}-{row.about}")
def test_asvs_8_2_2_everybody_gets_what_the_table_says(row: Row, world: World) -> None:
    """And whoever has no need to know, or is refused, reads nothing of the child on whatever page they get.

    While the record is restricted, whoever is named one by one gets the same as before, others what a stranger gets.
    """
    address = row.address(world)
    wrong = [complaint for who in PEOPLE for complaint in complaints(row, address, world, who, row.expected[who])]
    if row.about not in STAYS_OPEN:
        Child.objects.update(restriction=Restriction.POLICE)
        by_role_alone = row.expected["str"] != 404
        expected = {who: row.expected[who] if by_role_alone or who in KEEP_SIGHT else 404 for who in HAVE_SIGHT}
        closed = [each for who, status in expected.items() for each in complaints(row, address, world, who, status)]
        wrong += [f"of a restricted record {complaint}" for complaint in closed]
    assert not wrong, f"{row.method} {address}: " + "; ".join(wrong)


def complaints(row: Row, address: str, world: World, who: str, expected: int) -> list[str]:
    """What is wrong with the answer that this person gets."""
    response = ask(world, who, row.method, address)
    wrong = [f"{who} got {response.status_code} instead of {expected}"] if response.status_code != expected else []
    if expected != 200 or who in NO_NEED_TO_KNOW:
        wrong += [f"{who} was told {secret}" for secret in SECRETS if secret.encode() in response.content]
    if response.headers.get("Content-Type") in files.KINDS and row.name not in files.READ_INSIDE:
        wrong.append("gives a file that test_files.py does not read inside")
    return wrong


def test_asvs_4_1_4_deeds_that_an_address_does_not_know_are_405(world: World) -> None:
    known = {name: {row.method for row in ROWS if row.name == name} for name in {row.name for row in ROWS}}
    addresses = {row.name: row for row in ROWS}
    wrong = []
    for name, row in addresses.items():
        with transaction.atomic():
            address = row.address(world)
            somebody = next((who for who in PEOPLE[1:] if row.expected[who] in {200, 302}), "aut")
            for method in EVERY_METHOD - known[name]:
                if (status := ask(world, somebody, method, address).status_code) != 405:
                    wrong.append(f"{method} {address} is answered with {status}")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(sorted(wrong))
