"""Puts the figures of a draft together: read, weighed against all that was issued, and told section by section.

A worker does it step by step. Each step is told as it begins, and reads in a transaction of its own: there is none
around the whole, because others are to see how far it is.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from figures import measures
from figures.rules import Period
from governance import pack
from reports import numbers, outline, selectors
from reports.feeds import Asked
from reports.models import Assembly
from reports.printed import as_json
from reports.rules import QUARTERS

Tell = Callable[[int], None]
"""Hears each step as it begins, from 1 on; what it raises ends the assembly."""


def steps() -> tuple[str, ...]:
    """What is done in each of them."""
    begins = ("Reading the figures", "Reading what was issued", "Weighing the headlines")
    weighed = (f"Weighing “{measures.breakdowns()[key].title}”" for key in _tables())
    return (*begins, *weighed, "Writing the sections")


def assembled(quarter: Period, *, at: datetime, tell: Tell = lambda step: None) -> Assembly:
    """What the records say of this quarter as known then; not kept yet."""
    quarters, tables = list(quarter.quarters_before(QUARTERS)), _tables()
    tell(1)
    with transaction.atomic():
        known, cells = selectors.counted(quarters, at=at)
    tell(2)
    with transaction.atomic():
        earlier = selectors.earlier()
    tell(3)
    found = numbers.of_quarter(
        quarters, known, cells, earlier=earlier, secret=_secret(), tell=lambda key: tell(4 + tables.index(key))
    )
    tell(4 + len(tables))
    with transaction.atomic():
        sections = outline.filled(Asked(quarter, at, found))
    truth = numbers.as_json(found.report)
    return Assembly(first=quarter.first, sections=as_json(sections), truth=truth, after=len(earlier), at=at)


def _tables() -> list[str]:
    return [key for key in pack.breakdowns() if key in measures.breakdowns()]


def _secret() -> str:
    """What decides which number is hidden beside a small one."""
    return salted_hmac("reports.numbers", "which is hidden", secret=settings.SECRET_KEY).hexdigest()
