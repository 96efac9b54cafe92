"""What can be done about an episode, each a link to its page; the most pressing first.

`applies` reads the episode as `selectors.complete` gives it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Permission
from deadlines.rules import Kind
from frontend.addresses import url
from missing.models import Episode
from missing.rules import RUNNING, InterviewStatus
from missing.selectors.sharing import authorities_untold, is_interviewed


@dataclass(frozen=True)
class Step:
    """A page of the episode. What is `asked` for waits until it is done; the rest may be done.

    What keeps a promise of the kind `keeps` is asked for while that runs.
    """

    verb: str
    title: str
    applies: Callable[[Episode], bool]
    asked: bool = True
    hint: str = ""
    permission: Permission = Permission.MISSING_RECORD
    of_interview: bool = False
    """Its page is one of the interview, not of the episode."""
    keeps: Kind | None = None


@dataclass(frozen=True)
class ToDo:
    title: str
    href: str
    hint: str = ""


def _is_back(episode: Episode) -> bool:
    return episode.interview_starts_at is not None


def _interview(episode: Episode, *statuses: InterviewStatus | None) -> bool:
    """Whether the child is back and the interview stands so; None where there is none."""
    status = InterviewStatus(episode.interview.status) if episode.interview else None
    return _is_back(episode) and status in statuses


def _declined(episode: Episode, *, before_return: bool) -> bool:
    """A refusal ends the clock; one from before the return says nothing of what the child says once back."""
    if not (_interview(episode, InterviewStatus.DECLINED) and episode.interview):
        return False
    answered, returned = episode.interview.responded_at, episode.returned_at
    return bool(answered and returned and answered < returned) == before_return


STEPS = (
    Step("record_return", "Record the return", lambda episode: episode.returned_at is None),
    Step(
        "record_location",
        "Record where the child was found",
        lambda episode: episode.located_at is None and episode.returned_at is None,
        hint="If the child has been found and is not back yet",
    ),
    Step("grade", "Grade the risk", lambda episode: not episode.grade and episode.returned_at is None),
    Step(
        "offer",
        "Offer the return interview",
        lambda episode: _interview(episode, None, InterviewStatus.NOT_OFFERED),
        hint="Within 72 hours, by somebody independent of where the child lives",
    ),
    Step(
        "offer",
        "Offer the return interview again",
        lambda episode: _declined(episode, before_return=True),
        hint="It was declined before the child returned",
    ),
    Step(
        "record_response",
        "Record the answer to the offer",
        lambda episode: _interview(episode, InterviewStatus.OFFERED),
        of_interview=True,
    ),
    Step(
        "interview",
        "Write the return interview down",
        lambda episode: _interview(episode, InterviewStatus.ACCEPTED),
        of_interview=True,
    ),
    Step(
        "record_check",
        "Record the prevention check",
        lambda episode: _is_back(episode) and not episode.prevention_checks.all(),
        hint="The police’s visit after the return; it is not the return interview",
    ),
    Step(
        "tell_authority",
        "Record that an authority was told",
        lambda episode: _is_back(episode) and bool(authorities_untold(episode)),
        hint="The responsible or the host authority, where it is not ours",
    ),
    Step(
        "record_strategy_meeting",
        "Record a strategy meeting",
        lambda episode: True,
        keeps=Kind.STRATEGY_MEETING,
    ),
    Step(
        "share_with",
        "Share the interview with partners",
        lambda episode: is_interviewed(episode) and not episode.all_shares,
        hint="Or record why not",
    ),
    Step(
        "review",
        "Review the episode",
        lambda episode: episode.returned_at is not None and episode.reviewed_at is None,
        permission=Permission.MISSING_SETTLE,
    ),
    Step(
        "interview",
        "The return interview",
        lambda episode: episode.interview is not None and not _interview(episode, InterviewStatus.ACCEPTED),
        asked=False,
        permission=Permission.MISSING_VIEW,
        of_interview=True,
    ),
    Step(
        "offer",
        "Offer the return interview again",
        lambda episode: _declined(episode, before_return=False),
        asked=False,
    ),
    Step(
        "name_interviewer",
        "Name the interviewer",
        lambda episode: _interview(episode, None, InterviewStatus.NOT_OFFERED, *RUNNING),
        asked=False,
        permission=Permission.MISSING_SETTLE,
    ),
    Step(
        "not_offer",
        "Record why no interview was offered",
        lambda episode: _interview(episode, None, InterviewStatus.NOT_OFFERED),
        asked=False,
    ),
    Step("grade", "Change the grade", lambda episode: bool(episode.grade) and episode.returned_at is None, asked=False),
    Step(
        "record_check",
        "Record another prevention check",
        lambda episode: bool(episode.prevention_checks.all()),
        asked=False,
    ),
    Step(
        "record_location",
        "Record where the child was found",
        lambda episode: episode.located_at is None and episode.returned_at is not None,
        asked=False,
    ),
    Step(
        "share_with",
        "Share with partners",
        lambda episode: not is_interviewed(episode) or bool(episode.all_shares),
        asked=False,
    ),
    Step("correct_moment", "Correct a date or a time", lambda episode: True, asked=False),
    Step(
        "void",
        "Mark as recorded in error",
        lambda episode: True,
        asked=False,
        permission=Permission.MISSING_SETTLE,
    ),
)


def of(episode: Episode, user: User, *, asked: bool, running: Collection[str] = ()) -> list[ToDo]:
    """The steps that this person may take: those the episode waits for, or the others. None in what was in error.

    `running` are the kinds of the promises that run.
    """
    if episode.voided_at:
        return []
    return [
        ToDo(step.title, url(f"missing:{step.verb}", _page_of(step, episode)), step.hint)
        for step in STEPS
        if (step.keeps in running if step.keeps else step.asked) == asked
        and step.permission in user.permissions
        and step.applies(episode)
    ]


def _page_of(step: Step, episode: Episode) -> int:
    return episode.interview_id or 0 if step.of_interview else episode.pk
