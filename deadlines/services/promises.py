"""Starting, meeting, moving and voiding a promise: by the commands whose work it is, in their transaction."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Model, QuerySet
from govuk_bank_holidays.bank_holidays import BankHolidays

from accounts.models import Team, User
from deadlines import rules
from deadlines.models import OPEN, Deadline, Move, Stage
from deadlines.rules import Kind


@lru_cache
def bank_holidays() -> frozenset[date]:
    """England's bank holidays, from the package's own data: no network (domain.md 18)."""
    calendar = BankHolidays(use_cached_holidays=True)
    return frozenset(day["date"] for day in calendar.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))


def start(
    kind: Kind,
    *,
    subject: Model,
    child: Model,
    started_at: datetime,
    owner_team: Team,
    owner: User | None = None,
    due_at: datetime | None = None,
) -> Deadline:
    """Open the promise. Its due moment follows from the clock's rule; `due_at` is for a clock that runs `AsAgreed`."""
    due = due_at or rules.due_at(kind, started_at, holidays=bank_holidays())
    return Deadline.objects.create(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        child_id=child.pk,
        owner_team=owner_team,
        owner=owner,
        started_at=started_at,
        due_at=due,
        next_fire_at=rules.next_fire(rules.CLOCKS[kind], due),
    )


def meet(kind: Kind, *, subject: Model, at: datetime, done_at: datetime | None = None) -> None:
    """The promise was kept at `done_at`, in time or late, and somebody says so `at`; nothing to do where none is open.

    What was done in time and typed in late is in time (domain.md 11); the breach that was noticed meanwhile remains.
    """
    _close(_open(kind, subject), at=at, met_at=done_at or at)


def meet_all(kinds: Iterable[Kind], *, child: Model, at: datetime) -> None:
    """Every open promise of these kinds about the child was kept, whatever record it began with."""
    _close(_of_child(kinds, child), at=at, met_at=at)


def void(kind: Kind, *, subject: Model, at: datetime, reason: str) -> None:
    """The promise no longer applies."""
    _close(_open(kind, subject), at=at, void_reason=reason)


def void_reviews(*, child: Model, at: datetime, reason: str) -> None:
    """No screening of the child needs its review any more."""
    _close(_of_child(rules.REVIEWS, child), at=at, void_reason=reason)


def move(kind: Kind, *, subject: Model, started_at: datetime, by: User, at: datetime, reason: str) -> None:
    """The promise began at another moment than was thought: what is still open runs from there (domain.md 12).

    A stage that has been claimed and now lies in the future falls again. Of one that is closed, only when it had been
    due changes: whether it was in time is judged anew. The old times are kept.
    """
    rows = Deadline.objects.filter(kind=kind, voided_at=None, **_about(subject))
    for deadline in rows.select_for_update(of=("self",)):
        Move.objects.create(
            deadline=deadline,
            was_started_at=deadline.started_at,
            was_due_at=deadline.due_at,
            moved_at=at,
            moved_by=by,
            reason=reason,
        )
        deadline.started_at = started_at
        deadline.due_at = rules.due_at(kind, started_at, holidays=bank_holidays())
        if deadline.is_open:
            claimed = _withdraw_what_is_to_come(deadline, at)
            deadline.next_fire_at = rules.next_fire(deadline.clock, deadline.due_at, claimed=claimed)
        deadline.save(update_fields=["started_at", "due_at", "next_fire_at"])


def reopen(kind: Kind, *, subject: Model, at: datetime) -> None:
    """The last promise of the kind that was voided applies after all, with the due moment that it had."""
    closed = Deadline.objects.filter(kind=kind, **_about(subject)).exclude(voided_at=None)
    deadline = closed.select_for_update(of=("self",)).order_by("-voided_at", "-pk").first()
    if deadline is None or _open(kind, subject).exists():
        return
    claimed = _withdraw_what_is_to_come(deadline, at)
    deadline.voided_at, deadline.void_reason = None, ""
    deadline.next_fire_at = rules.next_fire(deadline.clock, deadline.due_at, claimed=claimed)
    deadline.save(update_fields=["voided_at", "void_reason", "next_fire_at"])


def assign(*, subject: Model, owner: User) -> None:
    """The open promises about `subject` now have a person's name on them."""
    Deadline.objects.filter(OPEN, **_about(subject)).update(owner=owner)


def hand_on(*, child: Model, former: User, to: User | None) -> None:
    """What `former` owes in the child's case is owed by another person now, or by the team alone."""
    _of_child(rules.OF_THE_CASE, child).filter(owner=former).update(owner=to)


def _close(rows: QuerySet[Deadline], *, at: datetime, met_at: datetime | None = None, void_reason: str = "") -> None:
    """Close them, and claim without a word what has fallen and no sweep has noticed: a late promise is both."""
    closing = list(rows.select_for_update(of=("self",)))
    if not closing:
        return
    _claim_quietly([each for each in closing if each.next_fire_at and each.next_fire_at <= at], at)
    kept = {"met_at": met_at, "recorded_at": at} if met_at else {"voided_at": at, "void_reason": void_reason}
    Deadline.objects.filter(pk__in=[each.pk for each in closing]).update(next_fire_at=None, **kept)


def _claim_quietly(deadlines: Collection[Deadline], at: datetime) -> None:
    for deadline in deadlines:
        claimed = deadline.stages.filter(withdrawn_at=None).values_list("name", flat=True)
        fallen = rules.fallen(deadline.clock, deadline.due_at, at, claimed=set(claimed))
        Stage.objects.bulk_create(Stage.of(deadline, each, noticed_at=at) for each in fallen)


def _withdraw_what_is_to_come(deadline: Deadline, at: datetime) -> set[str]:
    """Withdraw the claims on stages that lie in the future now; the names of those that stand."""
    fallen = {stage.name for stage in rules.fallen(deadline.clock, deadline.due_at, at)}
    standing = deadline.stages.filter(withdrawn_at=None)
    standing.exclude(name__in=fallen).update(withdrawn_at=at)
    return set(standing.values_list("name", flat=True))


def _of_child(kinds: Iterable[Kind], child: Model) -> QuerySet[Deadline]:
    return Deadline.objects.filter(OPEN, child_id=child.pk, kind__in=list(kinds))


def _open(kind: Kind, subject: Model) -> QuerySet[Deadline]:
    return Deadline.objects.filter(OPEN, kind=kind, **_about(subject))


def _about(subject: Model) -> dict[str, object]:
    return {"subject_type": subject._meta.label_lower, "subject_id": subject.pk}
