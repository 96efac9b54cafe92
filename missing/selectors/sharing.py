"""Whom one may share with, and what a partner reads of what was shared with them."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Prefetch, Q, TextChoices, prefetch_related_objects

from accounts import policy
from accounts.models import Team, User
from accounts.roles import Permission
from accounts.selectors import holders_of
from frontend.text import date_in_words, moment_in_words
from missing.models import AuthorityTold, Episode, Interview, InterviewAction, Share
from missing.rules import (
    REPEATS_FOR_MEETING,
    Capacity,
    Harm,
    InterviewStatus,
    PullFactor,
    PushFactor,
    Shared,
    authorities_to_tell,
)

SHARE_RELATED = (
    "episode__child",
    "episode__interview",
    "team__agency",
    "shared_by__team__agency",
    "acknowledged_by",
)
Row = tuple[str, str]


def partners(user: User) -> list[Team]:
    """The teams that this person may share with: not their own, and none in which nobody could read it."""
    readers = holders_of(Permission.MISSING_VIEW)
    rows = Team.objects.filter(group__user__in=readers).exclude(pk__in=user.team_ids).distinct()
    return list(rows.select_related("agency").order_by("agency__name", "name"))


def shares_of(user: User, episode: Episode) -> list[Share]:
    """What was shared, or decided not to be, from the episode or others that its interview covers: the newest first.

    A decision not to share with a team of this person's own is none of theirs to read.
    """
    own = Q(episode=episode)
    if episode.interview_id:
        own |= Q(episode__interview=episode.interview_id)
    rows = policy.visible(user, Share).filter(own)
    rows = rows.select_related("episode", "team__agency", "shared_by", "acknowledged_by")
    return list(rows.order_by("-shared_at", "-pk"))


def authorities_untold(episode: Episode) -> list[tuple[Capacity, str]]:
    """Who, besides our own authority, is still to be told of the return (domain.md 14, 21)."""
    told = {each.capacity for each in episode.authorities_told.all()}
    owed = authorities_to_tell(episode.responsible_authority, episode.host_authority)
    return [(capacity, authority) for capacity, authority in owed if capacity not in told]


def authorities_told(episode: Episode) -> list[AuthorityTold]:
    return list(episode.authorities_told.select_related("recorded_by").order_by("told_at", "pk"))


def times_lately(episode: Episode, *, at: datetime) -> int:
    """How often the child was missing or away in the days in which repeats ask for a strategy meeting."""
    since = at - REPEATS_FOR_MEETING[1]
    return Episode.objects.filter(child=episode.child_id, voided_at=None, last_seen_at__gt=since).count()


def is_interviewed(episode: Episode) -> bool:
    return episode.interview is not None and episode.interview.status == InterviewStatus.COMPLETED


def shared_rows(share: Share) -> list[Row]:
    """What the share gives to read, as it is recorded now; nothing for a decision not to share.

    A share (read with `SHARE_RELATED`) of an interview that was taken back since gives the safety information alone.
    """
    episode, interview = share.episode, share.episode.interview
    rows: list[Row] = []
    if share.what == Shared.SAFETY or (share.what and not is_interviewed(episode)):
        rows += _safety(episode)
    if interview and is_interviewed(episode):
        prefetch_related_objects([interview], _ACTIONS)
        rows += _by_what(share.what, interview)
    return [(key, text) for key, text in rows if text]


def _by_what(what: str, interview: Interview) -> Iterator[Row]:
    match what:
        case Shared.SAFETY:
            yield from _danger(interview)
        case Shared.SUMMARY:
            yield from [*_held(interview), *_learnt(interview), *_actions(interview)]
        case Shared.WHOLE:
            yield from [*_held(interview), *_said(interview), *_learnt(interview), *_actions(interview)]


def _safety(episode: Episode) -> Iterator[Row]:
    yield "Last seen", _when_where(moment_in_words(episode.last_seen_at), episode.last_seen_where)
    yield "Reported missing", moment_in_words(episode.reported_at)
    yield "Risk", episode.get_grade_display()
    yield "What happened", episode.circumstances
    yield "Found", _when_where(moment_in_words(episode.located_at), episode.located_where)
    yield "Returned", _when_where(moment_in_words(episode.returned_at), episode.get_returned_to_display())


def _danger(interview: Interview) -> Iterator[Row]:
    yield "Risks", interview.risks
    yield "Who the child was with", interview.who_with
    yield "Where the child was", "\n".join(interview.places)


def _held(interview: Interview) -> Iterator[Row]:
    yield "Interview held", _when_where(moment_in_words(interview.conducted_at), interview.place)
    who = (interview.interviewer_name, interview.interviewer_role)
    yield "Interviewer", ", ".join(filter(None, (*who, interview.interviewer_employer)))
    independent = "Yes" if interview.independent else f"No: {interview.not_independent_reason}"
    yield "Independent of the placement", independent


def _said(interview: Interview) -> Iterator[Row]:
    yield "Who was there", interview.present
    yield "In the child’s own words", interview.own_words
    yield "What the carer said", interview.carer_account
    yield "Who the child was with", interview.who_with
    yield "Where the child was", "\n".join(interview.places)
    yield "Notes on why the child went", interview.factors_notes
    yield "Notes on harm", interview.harm_notes


def _learnt(interview: Interview) -> Iterator[Row]:
    yield "What the child ran from", _words(PushFactor, interview.push_factors)
    yield "What the child was drawn to", _words(PullFactor, interview.pull_factors)
    yield "Harm", _words(Harm, interview.harm)
    yield "Risks", interview.risks
    yield "Needs", interview.needs


def _actions(interview: Interview) -> Iterator[Row]:
    for action in interview.actions.all():
        state = f"done on {date_in_words(action.done_at)}" if action.done_at else f"by {date_in_words(action.due_on)}"
        yield "Action", f"{action.what}\n{action.owner_team}, {state}"


def _words(choices: type[TextChoices], values: Iterable[str]) -> str:
    return "\n".join(str(choices(value).label) for value in values)


def _when_where(when: str, where: str) -> str:
    return ", ".join(filter(None, (when, where)))


_ACTIONS = Prefetch("actions", InterviewAction.objects.select_related("owner_team__agency").order_by("due_on", "pk"))
