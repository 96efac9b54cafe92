"""A chair, figures that a test may set, and a report that was issued."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest

from accounts.models import User
from accounts.roles import Role
from cse.demo.reports import with_figures
from figures.models import Current
from figures.rules import Period
from reports import services
from reports.models import Draft, Issued
from tests import factories

QUARTERS = list(Period.quarter(factories.NOON.date()).quarters_before(4))[:-1]
"""The three that are over at noon, the oldest first."""
LAST = QUARTERS[-1]
BY_AGENCY, IN_TIME, SUBMITTED = "riskassessment.by_agency", "missing.in_time", "riskassessment.submitted"
Count = Callable[..., None]


@pytest.fixture
def chair(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.SEMT_CHAIR], job_title="Detective Chief Inspector")


@pytest.fixture
def reader(db: None) -> User:
    return factories.user(team=factories.team(), roles=[Role.BOARD_READER])


@pytest.fixture
def count(at: datetime) -> Count:
    """Have a measure be known as so many, or so many of so many, in a quarter; or a breakdown by its cells."""
    earlier = at - timedelta(days=1)

    def run(
        key: str,
        of: int | Mapping[tuple[str, str], int],
        whole: int | None = None,
        *,
        quarter: Period = LAST,
        counted_at: datetime = earlier,
    ) -> None:
        about = {"measure": key, "first": quarter.first, "last": quarter.last}
        cells = {("", ""): of} if isinstance(of, int) else of
        for (row, column), number in cells.items():
            counts = {"of": number, "whole": whole, "counted_at": counted_at}
            Current.objects.update_or_create(row=row, column=column, **about, defaults=counts)

    return run


@pytest.fixture
def draft(chair: User, at: datetime) -> Draft:
    """With its figures."""
    return with_figures(services.open_draft(by=chair, at=at, first=LAST.first), at)


@pytest.fixture
def issue(chair: User, at: datetime) -> Callable[..., Issued]:
    """Write the summary of a draft, of a quarter's where none is given, and sign it off."""

    def run(
        quarter: Period = LAST, *, draft: Draft | None = None, at: datetime = at, why: str = "", **words: str
    ) -> Issued:
        opened = draft or with_figures(services.open_draft(by=chair, at=at, first=quarter.first), at)
        given = opened.words | {"summary": "Much was done."} | words
        saved = services.save_narrative(
            by=chair, at=at, draft=opened, version=opened.version, words=given, what_changed=why
        )
        return services.sign_off(by=chair, at=at, draft=saved, version=saved.version, seen=saved.assembly_id)

    return run
