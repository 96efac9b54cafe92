"""What people do with a missing episode, with whatever a test leaves out made up."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from deadlines.models import Deadline
from deadlines.rules import Kind
from frontend.moments import Moment
from missing import services
from missing.models import Episode
from missing.rules import ReportedBy, ReturnedTo
from people.models import Child

HOUR = timedelta(hours=1)


def report(by: User, child: Child, at: datetime, **values: Any) -> Episode:
    """Last seen two hours before `at`, reported an hour later."""
    given = {
        "token": uuid4(),
        "last_seen": Moment.of(at - 2 * HOUR),
        "reported": Moment.of(at - HOUR),
        "reported_by": ReportedBy.CARER,
        **values,
    }
    return services.report(by=by, at=at, child=child, **given)


def find(by: User, episode: Episode, at: datetime, *, located: datetime | None = None) -> Episode:
    return services.record_location(
        by=by,
        at=at,
        episode=episode,
        version=episode.version,
        located=Moment.of(located or at),
        located_where="The bus station",
        located_by="Police",
    )


def come_back(by: User, episode: Episode, at: datetime, *, returned: datetime | None = None) -> Episode:
    return services.record_return(
        by=by,
        at=at,
        episode=episode,
        version=episode.version,
        returned=Moment.of(returned or at),
        returned_to=ReturnedTo.PLACEMENT,
        return_notes="Cold and hungry.",
    )


def check(by: User, episode: Episode, at: datetime, *, conducted: datetime | None = None) -> Episode:
    return services.record_check(
        by=by,
        at=at,
        episode=episode,
        version=episode.version,
        conducted=Moment.of(conducted or at),
        conducted_by="PC 1234",
        seen_alone=True,
        found="Safe and well.",
    )


def correct(by: User, episode: Episode, at: datetime, moment: str, became: datetime, **values: Any) -> Episode:
    given = {"version": episode.version, "reason": "The carer remembered", **values}
    return services.correct_moment(by=by, at=at, episode=episode, moment=moment, became=Moment.of(became), **given)


def interview_clock(episode: Episode) -> Deadline:
    return Deadline.objects.get(
        kind=Kind.RETURN_INTERVIEW, subject_type="missing.episode", subject_id=episode.pk, voided_at=None
    )
