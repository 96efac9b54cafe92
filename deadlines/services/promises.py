"""Starting, meeting, moving and voiding a promise: by the commands whose work it is, in their transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Min, Model, QuerySet
from django.db.models.functions import Coalesce
from govuk_bank_holidays.bank_holidays import BankHolidays

from accounts import selectors as people_and_teams
from accounts.models import Team, User
from deadlines import effects, rules
from deadlines.audience import Audiences
from deadlines.models import OPEN, Deadline, Move, Stage
from deadlines.rules import Kind
from deadlines.services import notices
from frontend import stored
from frontend.statements import Statement

_ABOUT = {"child_id": "bigint", "subject_type": "text", "subject_id": "bigint"}
"""What a promise is about: the columns, and their types."""


@lru_cache
def bank_holidays() -> frozenset[date]:
    """England's bank holidays, from the package's own data: no network (domain.md 18)."""
    calendar = BankHolidays(use_cached_holidays=True)
    return frozenset(day["date"] for day in calendar.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))


def start(
    kind: Kind,
    *,
    subject: Model,
    child: Model | None,
    started_at: datetime,
    owner_team: Team,
    owner: User | None = None,
    due_at: datetime | None = None,
    at: datetime | None = None,
) -> Deadline:
    """Open the promise. Its due moment follows from the clock's rule; `due_at` is for a clock that runs `AsAgreed`.

    What began at `started_at` may be typed in later: `at` is when. What is about no child is called as its subject is.
    """
    due = due_at or rules.due_at(kind, started_at, holidays=bank_holidays())
    deadline = Deadline(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        child_id=child.pk if child else None,
        subject_name="" if child else str(subject)[:120],
        owner_team=owner_team,
        owner=owner,
        started_at=started_at,
        due_at=due,
        watched_from=at or started_at,
        next_fire_at=rules.next_fire(rules.CLOCKS[kind], due),
    )
    stored.insert(deadline)
    return deadline


def meet(kind: Kind, *, subject: Model, at: datetime, done_at: datetime | None = None) -> None:
    """The promise was kept at `done_at`, in time or late, and somebody says so `at`; nothing to do where none is open.

    A breach that no sweep had seen has its effects now, and whom it concerns hears that it was late and is done.
    What was done in time and typed in late is in time (domain.md 11); the breach that was noticed meanwhile remains.
    """
    met_at = done_at or at
    effects.hold(lambda: _open(kind, subject), [kind], at=met_at)
    _close([kind], _about(subject), at=at, met_at=met_at)


def meet_all(kinds: Iterable[Kind], *, child: Model, at: datetime) -> None:
    """Every open promise of these kinds about the child was kept, whatever record it began with."""
    kinds = list(kinds)
    effects.hold(lambda: _of_child(kinds, child), kinds, at=at)
    _close(kinds, {"child_id": child.pk}, at=at, met_at=at)


def void(kind: Kind, *, subject: Model, at: datetime, reason: str) -> None:
    """The promise no longer applies."""
    _close([kind], _about(subject), at=at, void_reason=reason)


def void_reviews(*, child: Model, at: datetime, reason: str) -> None:
    """No screening of the child needs its review any more."""
    _close(rules.REVIEWS, {"child_id": child.pk}, at=at, void_reason=reason)


def move(
    kind: Kind,
    *,
    subject: Model,
    started_at: datetime,
    by: User,
    at: datetime,
    reason: str,
    due_at: datetime | None = None,
) -> None:
    """The promise began at another moment than was thought: what is still open runs from there (domain.md 12).

    A stage that has been claimed and now lies in the future falls again. Of one that is closed, only when it had been
    due changes: whether it was in time is judged anew. The old times are kept. A clock that runs `AsAgreed` needs the
    new `due_at`.
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
        deadline.due_at = due_at or rules.due_at(kind, started_at, holidays=bank_holidays())
        if deadline.is_open:
            _watch_anew(deadline, at)
        deadline.save(update_fields=["started_at", "due_at", "watched_from", "next_fire_at"])


def reopen(kind: Kind, *, subject: Model, at: datetime) -> None:
    """The last promise of the kind that was closed applies after all, with the due moment that it had.

    It was voided too soon, or it was thought to be met by something that was recorded in error. What had been claimed
    without a word when it was closed falls again: nobody was told.
    """
    closed = Deadline.objects.filter(kind=kind, **_about(subject)).exclude(OPEN)
    last = closed.select_for_update(of=("self",)).order_by(Coalesce("voided_at", "recorded_at").desc(), "-pk")
    deadline = last.first()
    if deadline is None or _open(kind, subject).exists():
        return
    closed_at = deadline.recorded_at or deadline.voided_at or at
    deadline.stages.filter(noticed_at=closed_at, withdrawn_at=None).update(withdrawn_at=at)
    deadline.voided_at, deadline.void_reason = None, ""
    deadline.met_at = deadline.recorded_at = None
    _watch_anew(deadline, at)
    deadline.save(update_fields=["voided_at", "void_reason", "met_at", "recorded_at", "watched_from", "next_fire_at"])


def assign(*, subject: Model, owner: User, kinds: Iterable[Kind] = tuple(Kind)) -> None:
    """The open promises about `subject`, or those of these kinds, now have a person's name on them."""
    Deadline.objects.filter(OPEN, kind__in=list(kinds), **_about(subject)).update(owner=owner)


def hand_on(*, child: Model, former: User, to: User | None, at: datetime) -> None:
    """What `former` owes in the child's case is owed by another person now, or by the team alone.

    Of what is urgent the new one hears at once: the next warning may be hours away, or past.
    """
    owed = _of_child(rules.OF_THE_CASE, child).filter(owner=former)
    handed = list(owed.select_related("child").order_by("pk").select_for_update(of=("self",)))
    owed.update(owner=to)
    for deadline in handed:
        if to and deadline.clock.urgent:
            _tell_new_owner(deadline, to, at)


def _close(
    kinds: Iterable[Kind],
    about: Mapping[str, object],
    *,
    at: datetime,
    met_at: datetime | None = None,
    void_reason: str = "",
) -> None:
    """Close what is open, and claim without a word what had fallen by then and no sweep has noticed: a late promise is
    both."""
    ended = met_at or at
    met = {"met_at": met_at, "recorded_at": at if met_at else None}
    void = {"voided_at": None if met_at else at, "void_reason": void_reason}
    rows = _closing(tuple(about)).run({"kinds": list(kinds), **about, **met, **void})
    if fallen := [pk for pk, next_fire_at in rows if next_fire_at and next_fire_at <= ended]:
        for each in _claim_quietly(Deadline.objects.filter(pk__in=fallen).order_by("pk"), ended, at):
            if each.was_late:
                _broken_unseen(each, at)


@lru_cache
def _closing(about: tuple[str, ...]) -> Statement:
    """In one statement, which gives of each what had been to fall next."""
    return Statement(
        f"""
        update deadlines_deadline
        set next_fire_at = null, met_at = %(met_at)s, recorded_at = %(recorded_at)s,
            voided_at = %(voided_at)s, void_reason = %(void_reason)s
        where met_at is null and voided_at is null and kind = any (%(kinds)s)
            and {" and ".join(f"{column} = %({column})s" for column in about)}
        returning id, old.next_fire_at
        """,  # nosec B608 # noqa: S608 (names of our own)
        dict.fromkeys(("met_at", "recorded_at", "voided_at"), "timestamptz")
        | {"void_reason": "text", "kinds": "text[]"}
        | {column: _ABOUT[column] for column in about},
    )


def _claim_quietly(deadlines: Iterable[Deadline], ended: datetime, at: datetime) -> list[Deadline]:
    """Those of them whose breach no sweep had seen."""
    unseen = []
    for deadline in deadlines:
        fallen = rules.fallen(deadline.clock, deadline.due_at, ended, claimed=_claimed(deadline))
        Stage.objects.bulk_create(Stage.of(deadline, each, noticed_at=at) for each in fallen)
        if any(each.name == rules.BREACH for each in fallen):
            unseen.append(deadline)
    return unseen


def _broken_unseen(deadline: Deadline, at: datetime) -> None:
    """It was kept late: the breach has its effects, and there is nothing left to chase anybody for."""
    effects.breached(deadline, by=people_and_teams.system_actor(), at=at)
    clock, ended = deadline.clock, deadline.met_at or at
    notices.notify(
        Audiences.of([deadline], at=at).told(deadline, clock.breach_tells),
        key=f"late:{deadline.pk}:{at.isoformat()}",
        text=f"{clock.promise}: done late, {rules.time_left(deadline.due_at, ended)} ({deadline.about})",
        path=deadline.page,
        at=at,
        deadline=deadline,
    )


def _watch_anew(deadline: Deadline, at: datetime) -> None:
    """From `at` on its stages fall by the times that it has now; those that lie in the future again are withdrawn.

    What was said of a withdrawn one is no longer so: nobody is chased for not having opened it.
    """
    to_come = _claimed(deadline) - {stage.name for stage in rules.fallen(deadline.clock, deadline.due_at, at)}
    withdrawn = deadline.stages.filter(name__in=to_come, withdrawn_at=None)
    if since := withdrawn.aggregate(since=Min("noticed_at"))["since"]:
        deadline.notices.filter(read_at=None, created_at__gte=since).update(escalate_at=None)
        withdrawn.update(withdrawn_at=at)
    deadline.watched_from = at
    deadline.next_fire_at = rules.next_fire(deadline.clock, deadline.due_at, claimed=_claimed(deadline))


def _tell_new_owner(deadline: Deadline, owner: User, at: datetime) -> None:
    clock = deadline.clock
    notices.notify(
        [owner],
        key=f"handed:{deadline.pk}:{at.isoformat()}",
        text=f"{clock.promise}: {rules.time_left(deadline.due_at, at)} ({deadline.about}). It is yours now",
        path=deadline.page,
        at=at,
        deadline=deadline,
        urgent=True,
        unopened=clock.unopened,
    )


def _claimed(deadline: Deadline) -> set[str]:
    return set(deadline.stages.filter(withdrawn_at=None).values_list("name", flat=True))


def _of_child(kinds: Iterable[Kind], child: Model) -> QuerySet[Deadline]:
    return Deadline.objects.filter(OPEN, child_id=child.pk, kind__in=list(kinds))


def _open(kind: Kind, subject: Model) -> QuerySet[Deadline]:
    return Deadline.objects.filter(OPEN, kind=kind, **_about(subject))


def _about(subject: Model) -> dict[str, object]:
    return {"subject_type": subject._meta.label_lower, "subject_id": subject.pk}
