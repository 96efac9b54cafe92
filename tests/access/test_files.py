"""What stands inside a PDF or a spreadsheet: who the child is for whoever may see her, and for nobody else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from accounts.selectors import system_actor
from cse.demo.reports import with_figures
from figures.rules import Period
from figures.services import recount
from frontend import pdf
from people.codes import LookedAfter, Restriction
from people.models import Child
from reports import paper, selectors, services
from reports.models import Issued, Pdf
from tests import factories, prepared
from tests.access import files
from tests.access.table import PEOPLE
from tests.access.test_table import ROWS, Row, ask
from tests.access.world import World, build

NHS_NUMBER = "9434765919"
HAPPENED = ("submitted", "decided", "nrm", "held", "help", "document", "met", "item", "raised", "month", "audit")
OF_THE_PLAN = "Taxicabs"
OF_A_RETURN = {
    "last_seen_at": datetime(2025, 6, 1, tzinfo=UTC),
    "returned_at": datetime(2025, 6, 2, tzinfo=UTC),
    "looked_after": LookedAfter.CARE_ORDER,
}
RETURNS = {
    "missing:export_903": "year=2025",
    "missing:export_annex_a": "day-day=31&day-month=3&day-year=2026",
}
QUARTER = Period.quarter(factories.NOON.date())


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """In which as much of the child has happened in the quarter as can be at once; a letter says who she is."""
    with prepared.for_a_file(django_db_blocker):
        made = build()
        Child.objects.update(nhs_number=NHS_NUMBER)
        for record in HAPPENED:
            made.records[record]()
        factories.action(text=OF_THE_PLAN)
        factories.episode(child=made.child, **OF_A_RETURN)
        chair = made.people["sem"]
        assert chair
        written, letter = report(chair), drawn(" ".join(marks(made)))
        document = factories.document(child=made.child, content=letter, media_type=files.PDF, name="letter.pdf")
        made.records |= {"issued": lambda: written, "document": lambda: document}
        yield made


def marks(world: World) -> list[str]:
    """By what a child is known."""
    return [world.child.given_name, world.child.family_name, world.child.reference, NHS_NUMBER]


def drawn(words: str) -> bytes:
    return pdf.draw(f'<html lang="en"><title>Letter</title><p>{words}</p></html>')


def report(chair: User) -> Issued:
    """What the records say of the quarter, counted, written, signed off and drawn."""
    at = QUARTER.ends + timedelta(days=1)
    recount(by=system_actor(), at=at, periods=[QUARTER])
    draft = with_figures(services.open_draft(by=chair, at=at, first=QUARTER.first), at)
    written = {"words": {"summary": "Much was done."}, "what_changed": ""}
    draft = services.save_narrative(by=chair, at=at, draft=draft, version=draft.version, **written)
    issued = services.sign_off(by=chair, at=at, draft=draft, version=draft.version, seen=draft.assembly_id)
    made = pdf.draw(paper.html(selectors.document(issued)))
    Pdf.objects.create(issued=issued, data=made, sha256="0" * 64, made_at=at)
    return issued


def row_of(name: str, method: str = "GET") -> Row:
    return next(row for row in ROWS if (row.name, row.method) == (name, method))


def given(row: Row) -> set[str]:
    return {who for who, status in row.expected.items() if status == 200}


def told(world: World, row: Row, sought: list[str], form: str = "") -> dict[str, list[str]]:
    """Which of these words each person finds in the file that an address gives."""
    address = row.address(world)
    answers = {who: files.inside(ask(world, who, row.method, address, form)) or "" for who in PEOPLE}
    return {who: [each for each in sought if each in answers[who]] for who in PEOPLE}


@pytest.mark.django_db
def test_asvs_8_2_3_a_letter_says_who_she_is_to_whoever_may_see_her_alone(world: World) -> None:
    letter, sought = row_of("documents:download"), marks(world)
    may = given(letter)
    assert {"aut", "brk"} <= may
    assert not {"str", "exc", "exp", "lft", "adm"} & may
    assert told(world, letter, sought) == {who: sought if who in may else [] for who in PEOPLE}


@pytest.mark.django_db
def test_asvs_8_2_3_a_letter_of_a_restricted_record_only_to_whoever_is_named(world: World) -> None:
    Child.objects.update(restriction=Restriction.POLICE)
    letter, sought = row_of("documents:download"), marks(world)
    assert told(world, letter, sought) == {who: sought if who in {"per", "brk"} else [] for who in PEOPLE}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["reports:pdf", "reports:xlsx"])
def test_asvs_8_2_3_the_report_to_the_board_names_no_child_to_anybody(world: World, name: str) -> None:
    """What is no secret is found in it by whoever is given it: so would be a name."""
    report = row_of(name)
    found = told(world, report, [OF_THE_PLAN, *marks(world)])
    assert found == {who: [OF_THE_PLAN] if who in given(report) else [] for who in PEOPLE}


@pytest.mark.django_db
@pytest.mark.parametrize("name", RETURNS)
def test_asvs_8_2_3_a_return_holds_a_reference_and_no_name_for_the_co_ordinator_alone(world: World, name: str) -> None:
    found = told(world, row_of(name, "POST"), marks(world), RETURNS[name])
    assert found == {who: [world.child.reference] if who == "coo" else [] for who in PEOPLE}
