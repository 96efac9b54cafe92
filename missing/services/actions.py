"""What a return interview asks for, of whom and until when: sharing is not the same as done (domain.md 13)."""

from datetime import date, datetime

from django.urls import reverse

import deadlines.services
from accounts.gate import command
from accounts.models import Team, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from accounts.selectors import holders_of
from deadlines.rules import Kind, end_of_day
from frontend.text import date_in_words, local_day, moment_in_words
from missing.models import Interview, InterviewAction
from missing.rules import RUNNING, InterviewStatus
from missing.selectors.interviews import how_it_stands, may_finish, teams_that_may_act
from missing.services.interviews import NothingToRecord, must_be_for_something

TAKES_ACTIONS = RUNNING | {InterviewStatus.COMPLETED}


class WrongOwner(Refusal):
    """Whoever owns an action sees the child and reads children's records."""


class WrongDay(Refusal):
    """It cannot be due then."""


class AlreadyFinished(Refusal):
    """Done once."""


class NotYours(Refusal):
    """Its owner, their team, or whoever settles what is missing."""


@command(Permission.MISSING_RECORD, on="interview", related=("child",))
def add_action(
    *,
    by: User,
    at: datetime,
    interview: Interview,
    what: str,
    owner_team: Team,
    due_on: date,
    owner: User | None = None,
) -> InterviewAction:
    """Ask a team, or one person of it, for something until the end of a day. They are told.

    Sight is not given by an action: a team that does not see the child is shared with first (domain.md 14).
    """
    if interview.status not in TAKES_ACTIONS:
        raise NothingToRecord(how_it_stands(interview))
    must_be_for_something(interview)
    if due_on < local_day(at):
        raise WrongDay("The day it is due must be today or in the future")
    _must_be_able(interview, owner_team, owner, at=at)
    action = InterviewAction.objects.create(
        interview=interview,
        what=what,
        owner_team=owner_team,
        owner=owner,
        due_on=due_on,
        added_by=by,
        added_at=at,
    )
    deadlines.services.start(
        Kind.INTERVIEW_ACTION,
        subject=action,
        child=interview.child,
        started_at=at,
        owner_team=owner_team,
        owner=owner,
        due_at=end_of_day(due_on),
    )
    _tell(action, by=by, at=at)
    return action


@command(Permission.MISSING_RECORD, on="action", related=("interview", "done_by"))
def finish_action(*, by: User, at: datetime, action: InterviewAction, outcome: str) -> InterviewAction:
    """It was done, and this came of it."""
    if action.done_at:
        raise AlreadyFinished(f"This was finished already, on {moment_in_words(action.done_at)} by {action.done_by}.")
    if action.interview.status == InterviewStatus.VOID:
        raise NothingToRecord(how_it_stands(action.interview))
    must_be_for_something(action.interview)
    if not may_finish(by, action):
        raise NotYours("This is for its owner and their team to finish, or for their manager.")
    action.done_at, action.done_by, action.outcome = at, by, outcome
    action.save(update_fields=["done_at", "done_by", "outcome"])
    deadlines.services.meet(Kind.INTERVIEW_ACTION, subject=action, at=at)
    return action


def _must_be_able(interview: Interview, team: Team, owner: User | None, *, at: datetime) -> None:
    if not teams_that_may_act(interview.child, at=at).filter(pk=team.pk).exists():
        raise WrongOwner(f"{team} does not see this child. Share the interview with them first.")
    if owner and not holders_of(Permission.MISSING_RECORD, team=team).filter(pk=owner.pk).exists():
        raise WrongOwner(f"{owner} does not work in {team}.")


def _tell(action: InterviewAction, *, by: User, at: datetime) -> None:
    people = [action.owner] if action.owner else holders_of(Permission.MISSING_RECORD, team=action.owner_team)
    deadlines.services.notify(
        [person for person in people if person != by],
        key=f"interview-action:{action.pk}",
        text=f"A return interview asks something of you by {date_in_words(action.due_on)} ({action.interview.child})",
        path=reverse("missing:interview_action", args=[action.pk]),
        at=at,
    )
