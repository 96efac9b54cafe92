"""Starting, meeting and voiding a promise: called by the commands whose work it is, inside their transaction."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Exists, Model, OuterRef, QuerySet
from govuk_bank_holidays.bank_holidays import BankHolidays

from accounts import policy
from accounts.gate import command
from accounts.models import Team, User
from accounts.roles import Permission
from accounts.selectors import holders_of
from deadlines import rules
from deadlines.models import Deadline, Notice, Stage
from deadlines.rules import Kind


@lru_cache
def bank_holidays() -> frozenset[date]:
    """England's bank holidays, from the package's own data: no network (domain.md 18)."""
    calendar = BankHolidays(use_cached_holidays=True)
    return frozenset(day["date"] for day in calendar.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))


def start(
    kind: Kind, *, subject: Model, child: Model, started_at: datetime, owner_team: Team, owner: User | None = None
) -> Deadline:
    """Open the promise; its due moment follows from the clock's rule."""
    return Deadline.objects.create(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        child_id=child.pk,
        owner_team=owner_team,
        owner=owner,
        started_at=started_at,
        due_at=rules.due_at(kind, started_at, holidays=bank_holidays()),
    )


def meet(kind: Kind, *, subject: Model, at: datetime) -> None:
    """The promise was kept at `at`, in time or late; nothing to do where none is open."""
    _open(kind, subject).update(met_at=at)


def meet_all(kinds: Iterable[Kind], *, child: Model, at: datetime) -> None:
    """Every open promise of these kinds about the child was kept, whatever record it began with."""
    Deadline.objects.filter(child_id=child.pk, kind__in=list(kinds), met_at=None, voided_at=None).update(met_at=at)


def void(kind: Kind, *, subject: Model, at: datetime, reason: str) -> None:
    """The promise no longer applies."""
    _open(kind, subject).update(voided_at=at, void_reason=reason)


def assign(*, subject: Model, owner: User) -> None:
    """The open promises about `subject` now have a person's name on them."""
    Deadline.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk, met_at=None, voided_at=None
    ).update(owner=owner)


def hand_on(*, child: Model, former: User, to: User | None) -> None:
    """What `former` owes in the child's case is owed by another person now, or by the team alone."""
    rows = Deadline.objects.filter(child_id=child.pk, kind__in=rules.OF_THE_CASE, met_at=None, voided_at=None)
    rows.filter(owner=former).update(owner=to)


def void_reviews(*, child: Model, at: datetime, reason: str) -> None:
    """No screening of the child needs its review any more."""
    rows = Deadline.objects.filter(child_id=child.pk, kind__in=rules.REVIEWS, met_at=None, voided_at=None)
    rows.update(voided_at=at, void_reason=reason)


def notify(recipients: Iterable[User], *, key: str, text: str, path: str, at: datetime) -> None:
    """Tell each recipient once per `key`, in the application and by e-mail; `text` names no child (domain.md 38)."""
    Notice.objects.bulk_create(
        [Notice(recipient=user, key=f"{key}:{user.pk}", text=text, path=path, created_at=at) for user in recipients],
        ignore_conflicts=True,
    )


@command(Permission.NOTICE_READ)
def read_all(*, by: User, at: datetime, up_to: int) -> None:
    """Mark as read what this person was told up to the notice `up_to`: what came since has not been seen."""
    policy.visible(by, Notice).filter(read_at=None, pk__lte=up_to).update(read_at=at)


@command(Permission.SWEEP)
def sweep(*, by: User, at: datetime) -> int:
    """Claim every stage that has come by `at`, tell its owners of the latest, and return how many were claimed.

    The unique row is the claim, and its notices are written in the same transaction: run twice, late or on two
    machines, it doubles and loses nothing.
    """
    return sum(
        _claim(deadline, name, at=at)
        for kind, clock in rules.CLOCKS.items()
        for name, before in rules.stages(clock)
        for deadline in _due(kind, name, at + before)
    )


@command(Permission.SWEEP)
def sent(*, by: User, at: datetime, notice: Notice) -> None:
    """The e-mail of this notice has left."""
    Notice.objects.filter(pk=notice.pk).update(sent_at=at)


@command(Permission.SWEEP)
def postpone(*, by: User, at: datetime, notice: Notice) -> None:
    """The e-mail of this notice did not leave: it is tried again, less and less often."""
    tries = notice.tries + 1
    Notice.objects.filter(pk=notice.pk).update(tries=tries, next_try_at=rules.next_try(at, tries))


def _due(kind: Kind, stage: str, until: datetime) -> QuerySet[Deadline]:
    claimed = Stage.objects.filter(deadline=OuterRef("pk"), name=stage)
    rows = Deadline.objects.filter(~Exists(claimed), kind=kind, met_at=None, voided_at=None, due_at__lte=until)
    return rows.select_related("child", "owner", "owner_team").order_by("due_at")


def _claim(deadline: Deadline, stage: str, *, at: datetime) -> bool:
    before = dict(rules.stages(deadline.clock))[stage]
    row, new = Stage.objects.get_or_create(
        deadline=deadline, name=stage, defaults={"fell_at": deadline.due_at - before, "noticed_at": at}
    )
    if new and stage == rules.latest_stage(deadline.clock, deadline.due_at, at):
        text = f"{deadline.clock.promise}: {rules.time_left(deadline.due_at, at)} ({deadline.child})"
        path = deadline.clock.page(child=deadline.child_id, subject=deadline.subject_id)
        notify(_owners(deadline), key=f"stage:{row.pk}", text=text, path=path, at=at)
    return new


def _owners(deadline: Deadline) -> Iterable[User]:
    """The person named, or everyone in the team that owes it; nobody who left or reads no child's record."""
    if deadline.owner and Permission.CHILD_VIEW in deadline.owner.permissions:
        return [deadline.owner]
    return holders_of(Permission.CHILD_VIEW, team=deadline.owner_team)


def _open(kind: Kind, subject: Model) -> QuerySet[Deadline]:
    return Deadline.objects.filter(
        kind=kind, subject_type=subject._meta.label_lower, subject_id=subject.pk, met_at=None, voided_at=None
    )
