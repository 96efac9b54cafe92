"""What a late return interview leads to, and the promises that ought to run for every child who is back.

Registered with the engine by the room's AppConfig: the hourly sweep calls `heal`, so that a deadline that was lost, or
an episode that came in by another way than the commands, has its clocks within the hour (domain.md 11, 12, 14).
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

import deadlines.services
import people.selectors
import people.services
from accounts.models import User
from deadlines.models import Deadline
from deadlines.rules import Kind
from missing import steps
from missing.models import Episode
from missing.rules import OURS, InterviewStatus
from missing.services.authorities import CLOCKS
from people.models import Child


def interview_late(deadline: Deadline, by: User, at: datetime) -> None:
    """The child's open case is listed at CMOG, on whichever of their records it stands (domain.md 12, 20).

    The engine tells the CMOG chair, who knows the child by it. Without a case there is nothing to list, and the CSE
    co-ordinators hear of it without the chair.
    """
    records = Child.objects.filter(pk__in=people.selectors.record_pks(deadline.child)).order_by("pk")
    listed = [people.services.list_at_cmog(record, by=by, at=at) for record in records]
    if any(listed):
        people.services.let_cmog_know(deadline.child, by=by, at=at)


def heal(by: User, at: datetime) -> None:
    """Start what is missing, as the records say: what was kept or declined meanwhile is closed at once.

    One query where nothing is missing. The episodes are locked before they are looked at again, so that two sweeps at
    once, or a sweep and a person, start nothing twice.
    """
    found = {pk for pk, _ in _lacking()}
    if not found:
        return
    rows = Episode.objects.filter(pk__in=found).order_by("pk").select_related("child", "interview")
    episodes = {episode.pk: episode for episode in rows.select_for_update(of=("self",))}
    for pk, kind in _lacking():
        if episode := episodes.get(pk):
            _start(episode, kind, at)


def _lacking() -> Iterator[tuple[int, Kind]]:
    with connection.cursor() as cursor:
        cursor.execute(LACKING, {"ours": OURS, **{kind.name.lower(): kind for kind in (_INTERVIEW, *CLOCKS.values())}})
        yield from ((pk, Kind(kind)) for pk, kind in cursor.fetchall())


def _start(episode: Episode, kind: Kind, at: datetime) -> None:
    team, person = steps.interview_owed_by(episode.child)
    started_at = episode.interview_starts_at
    assert started_at  # noqa: S101  (LACKING names no other)
    deadlines.services.start(
        kind, subject=episode, child=episode.child, started_at=started_at, owner_team=team, owner=person
    )
    if kind == _INTERVIEW:
        _close_interview(episode, at)
    else:
        _close_telling(episode, kind, at)


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
    select episode.id, owed.kind
    from missing_episode as episode
    cross join lateral (values
        (%(return_interview)s, true),
        (%(tell_responsible_authority)s, episode.responsible_authority <> %(ours)s),
        (%(tell_host_authority)s, episode.host_authority <> %(ours)s)
    ) as owed (kind, applies)
    where owed.applies and episode.voided_at is null and coalesce(episode.returned_at, episode.located_at) is not null
        and not exists (
            select from deadlines_deadline as deadline
            where deadline.subject_type = 'missing.episode' and deadline.subject_id = episode.id
                and deadline.kind = owed.kind
        )
    order by episode.id
"""
