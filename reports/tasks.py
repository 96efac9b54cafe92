"""What the scheduler ticks: draw the PDF of each report that waits for it.

A tick that is lost, or runs twice, changes nothing: what waits stands in PostgreSQL, and one worker takes it up. Each
step is noted as it begins, and there the drawing ends where it was cancelled.
"""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from accounts.gate import at_work
from accounts.models import User
from reports import paper, selectors, services
from reports.models import Drawing

AT_ONCE = 5

logger = logging.getLogger(__name__)


class _Cancelled(Exception):
    pass


@shared_task
def draw() -> int:
    """How many were drawn."""
    drawn = 0
    with at_work() as actor:
        for _ in range(AT_ONCE):
            drawing = services.take_up(by=actor, at=timezone.now()) if _waits() else None
            if drawing is None:
                break
            drawn += _drawn(drawing, by=actor)
    return drawn


@transaction.atomic(savepoint=False)
def _waits() -> bool:
    """Asked before it is taken up, which is recorded: a tick with nothing to do leaves nothing in the log."""
    return selectors.to_draw(timezone.now()).exists()


def _drawn(drawing: Drawing, *, by: User) -> bool:
    """Drawn outside of any transaction, because it takes seconds and others are to see how far it is."""
    try:
        from frontend import pdf  # loading it takes two seconds, which no start of a worker or scheduler waits for

        data = pdf.draw(_html(drawing), tell=lambda step: _go_on(drawing, step))
    except _Cancelled:
        return False
    except Exception:
        logger.exception("The PDF of report %s cannot be drawn", drawing.issued_id)
        services.give_up(by=by, at=timezone.now(), drawing=drawing)
        return False
    services.keep_pdf(by=by, at=timezone.now(), drawing=drawing, data=data)
    return True


@transaction.atomic(savepoint=False)
def _html(drawing: Drawing) -> str:
    return paper.html(selectors.document(drawing.issued))


def _go_on(drawing: Drawing, step: int) -> None:
    with transaction.atomic(savepoint=False):
        going = services.goes_on(drawing, step, at=timezone.now())
    if not going:
        raise _Cancelled
