"""Who holds the return interview, to whom it was offered, what the answer was, and taking one back (domain.md 13)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

import deadlines.selectors
import deadlines.services
from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from deadlines.rules import Kind
from frontend.moments import Moment
from frontend.text import moment_in_words
from missing import locks, parts
from missing.models import Episode, Interview
from missing.rules import RUNNING, DeclinedBy, InterviewStatus
from missing.selectors.interviews import how_it_stands, is_for_nothing, named_interviewer
from missing.services import sight
from missing.steps import NotPossibleNow, WrongMoment, changed, must_be_fresh, must_stand


class CannotInterview(Refusal):
    """They may not read children's records, or have left."""


class AlreadyOffered(Refusal):
    """One offer at a time."""


class AlreadyCompleted(Refusal):
    """An interview is completed once."""


class NothingToRecord(Refusal):
    """The interview is not waiting for this."""


def _whose_it_is(episode: Episode) -> dict[str, Any]:
    """Whose name the clock carries, for the log: it stands in no column of the episode."""
    named = named_interviewer(episode)
    return {"interviewer_id": named.pk if named else None}


def _what_it_is_for(interview: Interview) -> dict[str, Any]:
    """Its episodes, for the log: they hold it, not it them."""
    return {"episodes": list(interview.episodes.order_by("pk").values_list("pk", flat=True))}


@command(Permission.MISSING_SETTLE, on="episode", related=("child",), parts=_whose_it_is)
def name_interviewer(*, by: User, at: datetime, episode: Episode, version: int, interviewer: User) -> Episode:
    """Put a person's name on the clock of the interview: they come to know the child and are told at once.

    Where one interview is for several episodes, each of their clocks carries the name. Who is written down already as
    having held it stays written down. Whoever was named before sees the child by that no more.
    """
    locks.interviews_of([episode])
    must_stand(episode)
    _must_be_back(episode)
    _must_not_be_completed(episode)
    must_be_fresh(episode, version)
    if Permission.MISSING_RECORD not in interviewer.permissions:
        raise CannotInterview(f"{interviewer} may not read children’s records, so they cannot hold the interview.")
    sight.give_sight(episode.child, interviewer, reason=f"Return interview of {episode.reference}", by=by, at=at)
    interview = episode.interview
    covered = list(interview.episodes.all()) if interview else [episode]
    former = _named(covered)
    if interview and interview.status in RUNNING and not interview.interviewer_name:
        interview.interviewer = interviewer
        changed(interview, "interviewer")
    for each in covered:
        deadlines.services.assign(subject=each, owner=interviewer, kinds=[Kind.RETURN_INTERVIEW])
    sight.end_sight(episode.child, former - {interviewer}, episodes=covered, by=by, at=at)
    changed(episode)
    _tell(interviewer, episode, at=at)
    return episode


@command(Permission.MISSING_RECORD, on="episode", related=("child",))
def offer(
    *,
    by: User,
    at: datetime,
    episode: Episode,
    version: int,
    offered: Moment,
    offered_to: str,
    offered_by: User | None = None,
    also: Collection[Episode] = (),
) -> Interview:
    """The interview was offered, for this episode and perhaps `also` for other times the child was away.

    Raises AlreadyOffered while another offer runs for one of them, WrongMoment where the child was not back then. An
    offer after one that was declined lets the clock run again as it did.
    """
    covered = [episode, *_locked(episode, also)]
    locks.interviews_of(covered)
    for each in covered:
        must_stand(each)
        _must_be_back(each)
        _must_await_offer(each)
    must_be_fresh(episode, version)
    if sentence := parts.wrong_moment(offered.at, covered, "When it was offered", at=at):
        raise WrongMoment("offered", sentence)
    for each in covered:
        _run_again(each, by=by, at=at)
    interview = Interview.objects.create(
        child=episode.child,
        status=InterviewStatus.OFFERED,
        offered_at=offered.at,
        offered_offset=offered.offset,
        offered_by=offered_by or by,
        offered_to=offered_to,
        interviewer=named_interviewer(episode),
        recorded_by=by,
        recorded_at=at,
    )
    _put(interview, covered)
    return interview


@command(Permission.MISSING_RECORD, on="episode", related=("child",))
def not_offer(*, by: User, at: datetime, episode: Episode, version: int, reason: str) -> Interview:
    """Keep why no interview was offered. The clock runs on: a reason is no interview."""
    locks.interviews_of([episode])
    must_stand(episode)
    _must_be_back(episode)
    _must_await_offer(episode)
    if episode.interview and episode.interview.status == InterviewStatus.DECLINED:
        raise NothingToRecord(f"The interview of {episode.reference} was offered, and declined.")
    must_be_fresh(episode, version)
    interview = Interview.objects.create(
        child=episode.child,
        status=InterviewStatus.NOT_OFFERED,
        not_offered_reason=reason,
        recorded_by=by,
        recorded_at=at,
    )
    _put(interview, [episode])
    return interview


@command(Permission.MISSING_RECORD, on="interview", related=("child",))
def record_response(
    *,
    by: User,
    at: datetime,
    interview: Interview,
    version: int,
    accepted: bool,
    responded: Moment,
    declined_by: DeclinedBy | None = None,
    declined_why: str = "",
    carer_account: str = "",
) -> Interview:
    """Accepted, or declined by whom and why; declining ends the clock of every episode it is for (domain.md 13).

    Who has accepted can still decline. Raises NothingToRecord, WrongMoment.
    """
    awaited = {InterviewStatus.OFFERED} if accepted else RUNNING
    if interview.status not in awaited:
        raise NothingToRecord(how_it_stands(interview))
    must_be_for_something(interview)
    must_be_fresh(interview, version)
    if responded.at > at:
        raise WrongMoment("responded", "When they answered must not be in the future")
    if interview.offered_at and responded.at < interview.offered_at:
        raise WrongMoment(
            "responded",
            f"When they answered must be the same as or after it was offered, {moment_in_words(interview.offered_at)}",
        )
    interview.responded_at, interview.responded_offset = responded.at, responded.offset
    if accepted:
        interview.status = InterviewStatus.ACCEPTED
    else:
        interview.status = InterviewStatus.DECLINED
        interview.declined_by, interview.declined_why = declined_by or "", declined_why
        interview.carer_account = carer_account or interview.carer_account
        _end_clocks(interview, at=at, reason=f"Declined by {DeclinedBy(interview.declined_by).label.lower()}")
    names = ("status", "responded_at", "responded_offset", "declined_by", "declined_why", "carer_account")
    changed(interview, *names)
    return interview


@command(Permission.MISSING_SETTLE, on="interview", related=("child",), parts=_what_it_is_for)
def void_interview(*, by: User, at: datetime, interview: Interview, version: int, reason: str) -> Interview:
    """It was recorded in error: its episodes await an interview as before, and its actions fall away.

    What was written stays, marked, on the timeline of those episodes.
    """
    if interview.status == InterviewStatus.VOID:
        raise NothingToRecord(how_it_stands(interview))
    must_be_fresh(interview, version)
    _void_actions(interview, at=at, reason=f"{interview.reference} was recorded in error")
    episodes = locks.episodes_of(interview)
    for episode in episodes:
        interview.formerly_of.add(episode)
        episode.interview = None
        changed(episode, "interview")
        if episode.voided_at is None:  # what was in error itself awaits nothing
            _run_again(episode, by=by, at=at)
    sight.end_sight(interview.child, _named(episodes), episodes=episodes, by=by, at=at)
    interview.status, interview.void_reason = InterviewStatus.VOID, reason
    interview.voided_at, interview.voided_by = at, by
    changed(interview, "status", "void_reason", "voided_at", "voided_by")
    return interview


def void_what_it_asks(interview: Interview, *, at: datetime, reason: str) -> None:
    """An episode was recorded in error: if the interview is for no other, nobody owes its actions any more."""
    if is_for_nothing(interview):
        _void_actions(interview, at=at, reason=reason)


def must_be_for_something(interview: Interview) -> None:
    """Raises NothingToRecord where all that it is for was recorded in error."""
    if is_for_nothing(interview):
        what = f"What {interview.reference} is for was recorded in error"
        raise NothingToRecord(f"{what}, so nothing more can be added to it.")


def _end_clocks(interview: Interview, *, at: datetime, reason: str) -> None:
    for episode in locks.episodes_of(interview):
        deadlines.services.void(Kind.RETURN_INTERVIEW, subject=episode, at=at, reason=reason)


def _void_actions(interview: Interview, *, at: datetime, reason: str) -> None:
    for action in interview.actions.filter(done_at=None):
        deadlines.services.void(Kind.INTERVIEW_ACTION, subject=action, at=at, reason=reason)


def _must_be_back(episode: Episode) -> None:
    if episode.interview_starts_at is None:
        raise NotPossibleNow(
            f"The child has not been found since {episode.reference} began. Record where they are first."
        )


def _must_not_be_completed(episode: Episode) -> None:
    if episode.interview and episode.interview.status == InterviewStatus.COMPLETED:
        raise AlreadyCompleted(how_it_stands(episode.interview))


def _must_await_offer(episode: Episode) -> None:
    _must_not_be_completed(episode)
    if episode.interview and episode.interview.status in RUNNING:
        raise AlreadyOffered(f"{episode.reference}: {how_it_stands(episode.interview)}")


def _named(episodes: Collection[Episode]) -> set[User]:
    return {named for named in map(named_interviewer, episodes) if named}


def _locked(episode: Episode, also: Collection[Episode]) -> Sequence[Episode]:
    rows = Episode.objects.filter(pk__in=[each.pk for each in also], child=episode.child_id).exclude(pk=episode.pk)
    return locks.without_waiting(rows)


def _put(interview: Interview, episodes: Collection[Episode]) -> None:
    """It is the interview of these now; the one before it stays on their timelines."""
    for episode in episodes:
        if episode.interview:
            episode.interview.formerly_of.add(episode)
        episode.interview = interview
        changed(episode, "interview")


def _run_again(episode: Episode, *, by: User, at: datetime) -> None:
    """From the return as it is known now: it may have been corrected while nothing was owed."""
    deadlines.services.reopen(Kind.RETURN_INTERVIEW, subject=episode, at=at)
    starts = episode.interview_starts_at
    for clock in deadlines.selectors.about([episode])[episode.pk]:
        if clock.kind == Kind.RETURN_INTERVIEW and starts and clock.started_at != starts:
            deadlines.services.move(
                Kind.RETURN_INTERVIEW,
                subject=episode,
                started_at=starts,
                by=by,
                at=at,
                reason="The return was recorded or corrected meanwhile",
            )


def _tell(interviewer: User, episode: Episode, *, at: datetime) -> None:
    deadlines.services.notify(
        [interviewer],
        key=f"interviewer:{episode.pk}:{episode.version}",
        text=f"You are to hold the return interview of {episode.reference} ({episode.child})",
        path=reverse("missing:episode", args=[episode.pk]),
        at=at,
        urgent=True,
    )
