"""What people do with a return interview, with whatever a test leaves out made up."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from frontend.moments import Moment
from missing import parts, services
from missing.models import Episode, Interview, InterviewAction
from missing.parts import Part
from missing.rules import DeclinedBy
from tests import factories

LATER = timedelta(hours=30)
"""When the interview is held, where a test does not say."""
TOLD: dict[Part, dict[str, Any]] = {
    Part.WORDS: {"own_words": "I was with “Dee”. He has a grey van."},
    Part.WHY: {"push_factors": ["conflict"], "pull_factors": ["peer"], "factors_notes": "Rows about the phone."},
    Part.AWAY: {"who_with": "“Dee”, 20 or so", "places": ["The arcade", "Queen Street"], "harm": ["criminal"]},
    Part.NEXT: {"risks": "He waits outside school.", "needs": "Somebody to talk to.", "carer_account": "Came in late."},
}


def offer(by: User, episode: Episode, at: datetime, **values: Any) -> Interview:
    given = {"version": episode.version, "offered": Moment.of(at), "offered_to": "The child", **values}
    made = services.offer(by=by, at=at, episode=episode, **given)
    episode.refresh_from_db()
    return made


def accept(by: User, interview: Interview, at: datetime) -> Interview:
    return services.record_response(
        by=by, at=at, interview=interview, version=interview.version, accepted=True, responded=Moment.of(at)
    )


def decline(by: User, interview: Interview, at: datetime, **values: Any) -> Interview:
    given: dict[str, Any] = {
        "version": interview.version,
        "responded": Moment.of(at),
        "declined_by": DeclinedBy.CHILD,
        "declined_why": "Wants to be left alone.",
        "carer_account": "She slept all day.",
        **values,
    }
    return services.record_response(by=by, at=at, interview=interview, accepted=False, **given)


def meeting(by: User, conducted: datetime, **values: Any) -> dict[str, Any]:
    """The first part as `by` would fill it in."""
    return {
        "conducted_at": conducted,
        "conducted_offset": Moment.of(conducted).offset,
        "place": "The youth centre",
        "present": "The child and I",
        "interviewer_id": by.pk,
        "interviewer_name": by.full_name,
        "interviewer_role": by.job_title,
        "interviewer_employer": str(by.team.agency) if by.team else "",
        "independent": True,
        "not_independent_reason": "",
        **values,
    }


def write(
    by: User, interview: Interview, at: datetime, part: Part, values: dict[str, Any], *, seen: str = ""
) -> Interview:
    """Save one part, as from a page opened just now unless `seen` says otherwise."""
    interview.refresh_from_db()
    seen = seen or parts.content(interview, part).digest
    return services.save_interview(by=by, at=at, interview=interview, part=part, seen=seen, values=values)


def write_all(by: User, interview: Interview, at: datetime, **values: Any) -> Interview:
    """Every part, held `at` by `by`, with `values` instead of what the first part would say."""
    for part, told in {Part.MEETING: meeting(by, at, **values), **TOLD}.items():
        interview = write(by, interview, at, part, told)
    return interview


def complete(by: User, interview: Interview, at: datetime) -> Interview:
    return services.record_interview(by=by, at=at, interview=interview, version=interview.version)


def add_more(by: User, interview: Interview, at: datetime, how_many: int) -> None:
    """So many earlier times that the interview is for as well, and so many actions."""
    acting = {"owner_team_id": by.team_id, "owner": by, "due_on": at.date(), "added_by": by, "added_at": at}
    earliest = min(episode.last_seen_at for episode in interview.episodes.all())
    for days in range(1, how_many + 1):
        gone = earliest - timedelta(days=days)
        moments = {"last_seen_at": gone, "reported_at": gone, "returned_at": gone + timedelta(hours=2)}
        factories.episode(child=interview.child, recorded_by=by, interview=interview, **moments)
        InterviewAction.objects.create(interview=interview, what="Call", **acting)
