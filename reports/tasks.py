"""What the scheduler ticks: assemble the figures of each draft that waits for them, draw the PDF of each report.

A tick that is lost, or runs twice, changes nothing: what waits stands in PostgreSQL, and one worker takes it up. Each
step is noted as it begins, and there the work ends where it was cancelled.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from accounts.gate import at_work
from accounts.models import User
from reports import assembling, paper, selectors, services
from reports.models import Assembling, Draft, Drawing, Work

AT_ONCE = 5
W = TypeVar("W", bound=Work)

logger = logging.getLogger(__name__)


class _Cancelled(Exception):
    pass


@shared_task
def assemble() -> int:
    """How many drafts got their figures."""
    return _work_off(Assembling, _assemble)


@shared_task
def draw() -> int:
    """How many were drawn."""
    return _work_off(Drawing, _draw)


def _work_off(kind: type[W], carry_out: Callable[[W, User], object]) -> int:
    """How many of this kind were carried out."""
    done = 0
    with at_work() as actor:
        for _ in range(AT_ONCE):
            work = services.take_up(by=actor, at=timezone.now(), kind=kind) if _waits(kind) else None
            if work is None:
                break
            done += _is_done(work, carry_out, by=actor)
    return done


@transaction.atomic(savepoint=False)
def _waits(kind: type[Work]) -> bool:
    """Asked before it is taken up, which is recorded: a tick with nothing to do leaves nothing in the log."""
    return selectors.to_do(kind, timezone.now()).exists()


def _is_done(work: W, carry_out: Callable[[W, User], object], *, by: User) -> bool:
    """Carried out outside of any transaction, because it takes seconds and others are to see how far it is."""
    try:
        carry_out(work, by)
    except _Cancelled:
        return False
    except Exception:
        logger.exception("Broke off: %s", work)
        services.give_up(by=by, at=timezone.now(), work=work)
        return False
    return True


def _assemble(work: Assembling, by: User) -> None:
    draft = _draft(work)
    made = assembling.assembled(draft.quarter, at=timezone.now(), tell=partial(_go_on, work))
    services.keep_assembly(by=by, at=timezone.now(), draft=draft, assembling=work, made=made)


@transaction.atomic(savepoint=False)
def _draft(work: Assembling) -> Draft:
    return work.draft


def _draw(work: Drawing, by: User) -> None:
    from frontend import pdf  # loading it takes two seconds, which no start of a worker or scheduler waits for

    data = pdf.draw(_html(work), tell=partial(_go_on, work))
    services.keep_pdf(by=by, at=timezone.now(), drawing=work, data=data)


@transaction.atomic(savepoint=False)
def _html(work: Drawing) -> str:
    return paper.html(selectors.document(work.issued))


def _go_on(work: Work, step: int) -> None:
    with transaction.atomic(savepoint=False):
        going = services.goes_on(work, step, at=timezone.now())
    if not going:
        raise _Cancelled
