"""What a late return interview leads to, and the promises that ought to run for every child who is back.

Registered with the engine by the room's AppConfig: the hourly sweep calls `heal`, so that a deadline that was lost, or
an episode that came in by another way than the commands, has its clocks within the hour (domain.md 11, 12, 14).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet

import deadlines.services
import people.selectors
import people.services
from accounts.models import User
from audit.acting import Beyond, beyond
from deadlines.models import OPEN, Deadline
from deadlines.rules import Kind, end_of_day
from missing import steps
from missing.models import Episode, InterviewAction, Share
from missing.rules import OURS, InterviewStatus
from missing.services.authorities import CLOCKS
from people.models import Child


@beyond(Beyond.ONE_CHILD)
def interview_late(deadline: Deadline, by: User, at: datetime) -> None:
    """The child's open case is listed at CMOG, on whichever of their records it stands (domain.md 12, 20).

    The engine tells the CMOG chair, who knows the child by it. Without a case there is nothing to list, and the CSE
    co-ordinators hear of it without the chair.
    """
    child = cast("Child", deadline.child)  # there is always one that is missing
    records = Child.objects.filter(pk__in=people.selectors.record_pks(child)).order_by("pk")
    listed = [people.services.list_at_cmog(record, by=by, at=at) for record in records]
    if any(listed):
        people.services.let_cmog_know(child, by=by, at=at)


def heal(by: User, at: datetime) -> None:
    """Start what is missing, as the records say: what was kept or declined meanwhile is closed at once.

    An interview's clock that was closed, although it was neither held nor declined, runs again. One query where nothing
    is missing. The records are locked before they are looked at again, so that two sweeps at once, or a sweep and a
    person, start nothing twice.
    """
    found = list(_lacking())
    if not found:
        return
    records = {
        (label, record.pk): record
        for label, rows in _ROWS.items()
        for record in _locked(rows, [pk for subject, pk, _ in found if subject == label])
    }
    for subject, pk, kind in _lacking():
        record = records.get((subject, pk))
        if isinstance(record, Episode):
            _start(record, kind, by, at)
        elif isinstance(record, InterviewAction):
            _start_action(record)
        elif isinstance(record, Share):
            _start_share(record)


_ROWS: Mapping[str, QuerySet[Any]] = {
    "missing.episode": Episode.objects.select_related("child", "interview"),
    "missing.interviewaction": InterviewAction.objects.select_related("interview__child", "owner_team", "owner"),
    "missing.share": Share.objects.select_related("episode__child", "team"),
}


def _locked(rows: QuerySet[Any], keys: Collection[int]) -> Iterable[Episode | InterviewAction | Share]:
    return rows.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)) if keys else ()


def _lacking() -> Iterator[tuple[str, int, Kind]]:
    kinds = (_INTERVIEW, *CLOCKS.values(), Kind.INTERVIEW_ACTION, Kind.SHARE_ACKNOWLEDGEMENT)
    with connection.cursor() as cursor:
        cursor.execute(LACKING, {"ours": OURS, **{kind.name.lower(): kind for kind in kinds}})
        yield from ((subject, pk, Kind(kind)) for subject, pk, kind in cursor.fetchall())


def _start(episode: Episode, kind: Kind, by: User, at: datetime) -> None:
    team, person = steps.interview_owed_by(episode.child)
    started_at = episode.interview_due_from if kind == _INTERVIEW else episode.interview_starts_at
    assert started_at  # noqa: S101  (LACKING names no other)
    if kind == _INTERVIEW and _clocks(episode).exists():
        _run_again(episode, started_at, by, at)
        return
    deadlines.services.start(
        kind, subject=episode, child=episode.child, started_at=started_at, owner_team=team, owner=person
    )
    if kind == _INTERVIEW:
        _close_interview(episode, at)
    else:
        _close_telling(episode, kind, at)


def _run_again(episode: Episode, started_at: datetime, by: User, at: datetime) -> None:
    deadlines.services.reopen(_INTERVIEW, subject=episode, at=at)
    if _clocks(episode).filter(OPEN).exclude(started_at=started_at).exists():
        reason = "The return was corrected meanwhile"
        deadlines.services.move(_INTERVIEW, subject=episode, started_at=started_at, by=by, at=at, reason=reason)


def _clocks(episode: Episode) -> QuerySet[Deadline]:
    """Of its interview, open and closed."""
    return Deadline.objects.filter(kind=_INTERVIEW, subject_type=episode._meta.label_lower, subject_id=episode.pk)


def _start_action(action: InterviewAction) -> None:
    deadlines.services.start(
        Kind.INTERVIEW_ACTION,
        subject=action,
        child=action.interview.child,
        started_at=action.added_at,
        owner_team=action.owner_team,
        owner=action.owner,
        due_at=end_of_day(action.due_on),
    )


def _start_share(share: Share) -> None:
    deadlines.services.start(
        Kind.SHARE_ACKNOWLEDGEMENT,
        subject=share,
        child=share.episode.child,
        started_at=share.shared_at,
        owner_team=share.team,
    )


def _close_interview(episode: Episode, at: datetime) -> None:
    interview = episode.interview
    if interview and interview.status == InterviewStatus.COMPLETED:
        deadlines.services.meet(_INTERVIEW, subject=episode, at=at, done_at=interview.conducted_at)
    elif interview and interview.status == InterviewStatus.DECLINED:
        reason = f"Declined by {interview.get_declined_by_display().lower()}"
        deadlines.services.void(_INTERVIEW, subject=episode, at=at, reason=reason)


def _close_telling(episode: Episode, kind: Kind, at: datetime) -> None:
    capacity = next(each for each, clock in CLOCKS.items() if clock == kind)
    told = episode.authorities_told.filter(capacity=capacity).first()
    if told:
        deadlines.services.meet(kind, subject=episode, at=at, done_at=told.told_at)


_INTERVIEW = Kind.RETURN_INTERVIEW
LACKING = """
    select 'missing.episode', episode.id, owed.kind
    from missing_episode as episode
    left join missing_interview as interview on interview.id = episode.interview_id
    cross join lateral (values
        (%(return_interview)s, true, coalesce(interview.status in ('completed', 'declined'), false)),
        (%(tell_responsible_authority)s, episode.responsible_authority <> %(ours)s, true),
        (%(tell_host_authority)s, episode.host_authority <> %(ours)s, true)
    ) as owed (kind, applies, may_be_closed)
    where owed.applies and episode.voided_at is null and coalesce(episode.returned_at, episode.located_at) is not null
        and not exists (
            select from deadlines_deadline as deadline
            where deadline.subject_type = 'missing.episode' and deadline.subject_id = episode.id
                and deadline.kind = owed.kind
                and (owed.may_be_closed or (deadline.met_at is null and deadline.voided_at is null))
        )
    union all
    select 'missing.interviewaction', action.id, %(interview_action)s
    from missing_interviewaction as action
    join missing_interview as interview on interview.id = action.interview_id
    where action.done_at is null and interview.status <> 'void'
        and exists (
            select from missing_episode as episode
            where episode.interview_id = interview.id and episode.voided_at is null
        )
        and not exists (
            select from deadlines_deadline as deadline
            where deadline.subject_type = 'missing.interviewaction' and deadline.subject_id = action.id
        )
    union all
    select 'missing.share', share.id, %(share_acknowledgement)s
    from missing_share as share
    join missing_episode as episode on episode.id = share.episode_id
    where share.decided_not_to = '' and share.acknowledged_at is null and episode.voided_at is null
        and not exists (
            select from deadlines_deadline as deadline
            where deadline.subject_type = 'missing.share' and deadline.subject_id = share.id
        )
    order by 1, 2
"""
