"""What can be done about an episode, each a link to its page; the most pressing first.

`applies` reads the episode as `selectors.complete` gives it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Permission
from frontend.addresses import url
from missing.models import Episode


@dataclass(frozen=True)
class Step:
    """A page of the episode. What is `asked` for waits until it is done; the rest may be done."""

    verb: str
    title: str
    applies: Callable[[Episode], bool]
    asked: bool = True
    hint: str = ""
    permission: Permission = Permission.MISSING_RECORD


@dataclass(frozen=True)
class ToDo:
    title: str
    href: str
    hint: str = ""


def _is_back(episode: Episode) -> bool:
    return episode.interview_starts_at is not None


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
        "record_check",
        "Record the prevention check",
        lambda episode: _is_back(episode) and not episode.prevention_checks.all(),
        hint="The police’s visit after the return; it is not the return interview",
    ),
    Step(
        "review",
        "Review the episode",
        lambda episode: episode.returned_at is not None and episode.reviewed_at is None,
        permission=Permission.MISSING_SETTLE,
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
    Step("correct_moment", "Correct a date or a time", lambda episode: True, asked=False),
    Step(
        "void",
        "Mark as recorded in error",
        lambda episode: True,
        asked=False,
        permission=Permission.MISSING_SETTLE,
    ),
)


def of(episode: Episode, user: User, *, asked: bool) -> list[ToDo]:
    """The steps that this person may take: those the episode waits for, or the others. None in what was in error."""
    if episode.voided_at:
        return []
    return [
        ToDo(step.title, url(f"missing:{step.verb}", episode.pk), step.hint)
        for step in STEPS
        if step.asked == asked and step.permission in user.permissions and step.applies(episode)
    ]
