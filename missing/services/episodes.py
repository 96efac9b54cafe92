"""A missing episode from the report to its review: each moment kept as it was told, the interview's clock with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import deadlines.services
from accounts import policy
from accounts.gate import command
from accounts.models import GrantKind, Team, TeamKind, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from accounts.selectors import mash_team
from accounts.services import let_teams_know
from audit.acting import Beyond, beyond
from deadlines.rules import Kind
from frontend.moments import Moment
from frontend.text import moment_in_words
from missing import locks, rules, steps
from missing.models import Correction, Episode, GradeChange, PreventionCheck
from missing.rules import EpisodeType, ReportedBy, ReturnedTo, RiskGrade
from missing.services import authorities, clocks, interviews, repeats, sharing, telling
from missing.steps import NotPossibleNow, WrongMoment
from people.models import Child
from people.selectors import record_pks
from referrals.selectors import is_adult


class InNoTeam(Refusal):
    """Whoever reports does so for a team, which comes to know the child."""


class Adult(Refusal):
    """Whoever was 18 when last seen is no missing child, whenever it is written down (domain.md 8)."""


class AlreadyReported(Refusal):
    """The same form was sent before; `episode` is what it made."""

    def __init__(self, episode: Episode) -> None:
        super().__init__("This has already been reported")
        self.episode = episode


class Overlaps(WrongMoment):
    """The child was already missing then; `episode` is the other one."""

    def __init__(self, moment: str, sentence: str, episode: Episode) -> None:
        super().__init__(moment, sentence)
        self.episode = episode


class SameGrade(Refusal):
    """The risk is graded so already."""


class SameMoment(Refusal):
    """What was recorded is what is given."""


def _moments(episode: Episode) -> dict[str, datetime | None]:
    return {name: getattr(episode, f"{name}_at") for name in rules.MOMENTS}


def _beside_the_row(episode: Episode) -> dict[str, Any]:
    """Grades, checks and corrections, for the log: they have rows of their own."""
    checks = episode.prevention_checks.order_by("pk").values("conducted_by", "seen_alone", "found")
    grades = episode.grade_changes.order_by("pk").values("grade", "reason")
    corrections = episode.corrections.order_by("pk").values("moment", "reason")
    return {"checks": list(checks), "grades": list(grades), "corrections": list(corrections)}


@command(Permission.MISSING_RECORD, on="child")
def report(
    *,
    by: User,
    at: datetime,
    child: Child,
    token: UUID,
    last_seen: Moment,
    reported: Moment,
    reported_by: ReportedBy,
    episode_type: EpisodeType = EpisodeType.MISSING,
    returned: Moment | None = None,
    returned_to: str = "",
    grade: str = "",
    **details: str,
) -> Episode:
    """Record that the child is missing, or was: one who is `returned` already has the interview's clock at once.

    MASH, the CSE co-ordinators and, unless their own sight runs out, the reporter's team come to know it. `details` are
    `last_seen_where`, `reporter_name`, `police_reference` and `circumstances`. Raises AlreadyReported, InNoTeam,
    Adult, WrongMoment, Overlaps.
    """
    if by.team is None:
        raise InNoTeam("You are in no team, so nobody could follow this up. Ask your administrator to add you to one.")
    if earlier := Episode.objects.filter(token=token).first():
        raise AlreadyReported(earlier)
    if is_adult(child, at=last_seen.at):
        raise Adult("This person was 18 or over when last seen. Use the adult safeguarding pathway.")
    told = {"episode_type": episode_type, "reported_by": reported_by, "grade": grade, **details}
    episode = _noted(child, by=by, at=at, token=token, **told)
    _set(episode, last_seen=last_seen, reported=reported)
    if returned:
        _set(episode, returned=returned)
        episode.returned_to, episode.return_recorded_by = returned_to, by
    _must_be_possible(episode, "last_seen", by=by, at=at)
    episode.save()
    _begun(episode, by=by, at=at)
    return episode


def _noted(child: Child, *, by: User, at: datetime, **values: Any) -> Episode:
    """With the child as it stands now."""
    return Episode(
        child=child,
        responsible_authority=child.responsible_authority,
        host_authority=child.host_authority,
        looked_after=child.looked_after,
        team=by.team,
        recorded_by=by,
        recorded_at=at,
        **values,
    )


def _begun(episode: Episode, *, by: User, at: datetime) -> None:
    """Those concerned come to know the child and are told, and the clocks that this calls for start."""
    theirs = {episode.team.pk} if steps.sees_for_good(by, episode.child) else set()
    concerned = {mash_team().pk, *Team.objects.filter(kind=TeamKind.CSE).values_list("pk", flat=True)} | theirs
    let_teams_know(episode.child, concerned, kind=GrantKind.MISSING, reason=f"{episode}", by=by, at=at)
    if episode.grade:
        GradeChange.objects.create(episode=episode, grade=episode.grade, reason="When it was reported", by=by, at=at)
    if episode.returned_at:
        clocks.start_clocks(episode, by=by, at=at)
    repeats.ask_for_what_repeats_ask(episode, by=by, at=at)
    telling.tell_of_report(episode, by=by, at=at)


@command(Permission.MISSING_RECORD, on="episode", parts=_beside_the_row)
def grade(*, by: User, at: datetime, episode: Episode, version: int, grade: RiskGrade, reason: str) -> Episode:
    """Give the police's grade of the risk, with its reason. Raises SameGrade."""
    steps.must_stand(episode)
    steps.must_be_fresh(episode, version)
    if episode.grade == grade:
        raise SameGrade(f"The risk is already graded {grade.label.lower()}.")
    GradeChange.objects.create(episode=episode, grade=grade, reason=reason, by=by, at=at)
    episode.grade = grade
    steps.changed(episode, "grade")
    return episode


@command(Permission.MISSING_RECORD, on="episode", related=("child",))
def record_location(
    *,
    by: User,
    at: datetime,
    episode: Episode,
    version: int,
    located: Moment,
    located_where: str,
    located_by: str,
) -> Episode:
    """The child has been found. The interview's clock starts, unless it runs from the return already (domain.md 11)."""
    steps.must_stand(episode)
    if episode.located_at:
        raise NotPossibleNow(_already("was found", episode.located_at, episode.location_recorded_by_id))
    steps.must_be_fresh(episode, version)
    _set(episode, located=located)
    episode.located_where, episode.located_by, episode.location_recorded_by = located_where, located_by, by
    _must_be_possible(episode, "located", by=by, at=at)
    steps.changed(episode, "located_at", "located_offset", "located_where", "located_by", "location_recorded_by")
    if not episode.returned_at:
        clocks.start_clocks(episode, by=by, at=at)
    return episode


@command(Permission.MISSING_RECORD, on="episode", related=("child",))
def record_return(
    *,
    by: User,
    at: datetime,
    episode: Episode,
    version: int,
    returned: Moment,
    returned_to: ReturnedTo,
    return_notes: str,
) -> Episode:
    """The child is back. The 72 hours to the interview run from now on from this moment (domain.md 11).

    An interview that was held since the child was found stands: see `clocks`.
    """
    steps.must_stand(episode)
    if episode.returned_at:
        raise NotPossibleNow(_already("returned", episode.returned_at, episode.return_recorded_by_id))
    steps.must_be_fresh(episode, version)
    locks.interviews_of([episode])
    was = clocks.run_from(episode)
    _set(episode, returned=returned)
    episode.returned_to, episode.return_notes, episode.return_recorded_by = returned_to, return_notes, by
    _must_be_possible(episode, "returned", by=by, at=at)
    steps.changed(episode, "returned_at", "returned_offset", "returned_to", "return_notes", "return_recorded_by")
    if episode.located_at:
        clocks.move_clocks(episode, was, by=by, at=at, reason="The child returned")
    else:
        clocks.start_clocks(episode, by=by, at=at)
    return episode


@command(Permission.MISSING_RECORD, on="episode", parts=_beside_the_row)
def record_check(
    *,
    by: User,
    at: datetime,
    episode: Episode,
    version: int,
    conducted: Moment,
    conducted_by: str,
    seen_alone: bool,
    found: str,
) -> Episode:
    """Record the police's prevention check. There may be several, and none is the return interview (domain.md 13)."""
    steps.must_stand(episode)
    steps.must_be_fresh(episode, version)
    back = _first_back(episode)
    if back is None:
        raise NotPossibleNow(
            "A prevention check follows the return. Record that the child was found or returned first."
        )
    if conducted.at > at:
        raise WrongMoment("conducted", "When the check was made must not be in the future")
    if conducted.at < back:
        raise WrongMoment("conducted", f"The child was back on {moment_in_words(back)}, so the check was made later")
    PreventionCheck.objects.create(
        episode=episode,
        conducted_at=conducted.at,
        conducted_offset=conducted.offset,
        conducted_by=conducted_by,
        seen_alone=seen_alone,
        found=found,
        recorded_by=by,
        recorded_at=at,
    )
    steps.changed(episode)
    return episode


@command(Permission.MISSING_RECORD, on="episode", related=("child",), parts=_beside_the_row)
def correct_moment(
    *, by: User, at: datetime, episode: Episode, version: int, moment: str, became: Moment, reason: str
) -> Episode:
    """Put right a moment (one of `rules.MOMENTS`) that was recorded wrongly. What it had been is kept, with the reason.

    The clocks that run from it are moved (domain.md 12). Raises SameMoment, WrongMoment, Overlaps.
    """
    steps.must_stand(episode)
    steps.must_be_fresh(episode, version)
    recorded = getattr(episode, f"{moment}_at")
    if recorded is None:
        raise NotPossibleNow(f"{rules.MOMENT_WORDS[moment].capitalize()} has not been recorded yet.")
    if recorded == became.at:
        raise SameMoment("This is the moment that is recorded already")
    locks.interviews_of([episode])
    was = clocks.run_from(episode)
    _keep(episode, moment, became, by=by, at=at, reason=reason)
    Child.objects.select_for_update().get(pk=episode.child_id)  # so that no other episode of the child begins meanwhile
    _set(episode, **{moment: became})
    _must_be_possible(episode, moment, by=by, at=at, shown="became")
    _must_precede_what_followed(episode, "became")
    steps.changed(episode, f"{moment}_at", f"{moment}_offset")
    clocks.move_clocks(episode, was, by=by, at=at, reason=reason)
    if moment == "last_seen":
        repeats.ask_anew(episode, by=by, at=at)
    return episode


@command(Permission.MISSING_SETTLE, on="episode")
def review(*, by: User, at: datetime, episode: Episode, version: int, review: str) -> Episode:
    """Write down what was learnt, once the child is back."""
    steps.must_stand(episode)
    if episode.reviewed_at:
        raise NotPossibleNow(
            f"{episode.reviewed_by} has already reviewed this, on {moment_in_words(episode.reviewed_at)}."
        )
    steps.must_be_fresh(episode, version)
    if episode.returned_at is None:
        raise NotPossibleNow("The child is still missing. Review the episode once the return is recorded.")
    episode.review, episode.reviewed_at, episode.reviewed_by = review, at, by
    steps.changed(episode, "review", "reviewed_at", "reviewed_by")
    return episode


@command(Permission.MISSING_SETTLE, on="episode", related=("child",))
def void(*, by: User, at: datetime, episode: Episode, version: int, reason: str) -> Episode:
    """The episode was recorded in error: its clocks stop, no figure counts it, and all of it stays to be read.

    The sight that it gave stays: a later reason to know the child leaves no trace, so none can say what rests on it."""
    steps.must_stand(episode)
    steps.must_be_fresh(episode, version)
    episode.voided_at, episode.voided_by, episode.void_reason = at, by, reason
    steps.changed(episode, "voided_at", "voided_by", "void_reason")
    why = "The episode was recorded in error"
    deadlines.services.void(Kind.RETURN_INTERVIEW, subject=episode, at=at, reason=why)
    authorities.void_promises(episode, at=at, reason=why)
    locks.interviews_of([episode])
    if episode.interview:
        interviews.void_what_it_asks(episode.interview, at=at, reason=why)
    sharing.void_acknowledgements(episode, at=at, reason=why)
    repeats.ask_no_more_for(episode, by=by, at=at)
    return episode


def _set(episode: Episode, **moments: Moment) -> None:
    for name, moment in moments.items():
        setattr(episode, f"{name}_at", moment.at)
        setattr(episode, f"{name}_offset", moment.offset)


def _keep(episode: Episode, moment: str, became: Moment, *, by: User, at: datetime, reason: str) -> None:
    Correction.objects.create(
        episode=episode,
        moment=moment,
        was_at=getattr(episode, f"{moment}_at"),
        was_offset=getattr(episode, f"{moment}_offset"),
        became_at=became.at,
        became_offset=became.offset,
        reason=reason,
        by=by,
        at=at,
    )


def _must_be_possible(episode: Episode, moment: str, *, by: User, at: datetime, shown: str = "") -> None:
    """Raises WrongMoment where the episode's moments cannot all be, and Overlaps, beside `shown` or what is wrong."""
    if wrong := rules.out_of_order(_moments(episode), now=at):
        raise WrongMoment(shown or wrong[0], wrong[1])
    if other := _overlapping(episode, everywhere=moment == "last_seen"):
        if not policy.may(by, Permission.MISSING_VIEW, other):
            raise Overlaps(shown or moment, "The child is already recorded as missing at that time. Ask MASH", other)
        until = f"to {moment_in_words(other.returned_at)}" if other.returned_at else "and has not been recorded as back"
        sentence = (
            f"{other.reference} covers this time: the child was missing from {moment_in_words(other.last_seen_at)} "
        )
        raise Overlaps(shown or moment, f"{sentence}{until}. Record or correct that episode instead", other)


@beyond(Beyond.ONE_CHILD)
def _overlapping(episode: Episode, *, everywhere: bool) -> Episode | None:
    """The child's other episode in which this one would begin or end, as the database's own constraint has it.

    `everywhere`: on any record of the child; what stood twice before they were matched can still be returned."""
    records = record_pks(episode.child) if everywhere else [episode.child_id]
    others = Episode.objects.filter(child__in=records, voided_at=None).exclude(pk=episode.pk)
    if episode.returned_at:
        if episode.returned_at == episode.last_seen_at:
            return None
        others = others.filter(last_seen_at__lt=episode.returned_at)
    still = others.filter(returned_at=None) | others.filter(returned_at__gt=episode.last_seen_at)
    return still.order_by("last_seen_at").first()


def _must_precede_what_followed(episode: Episode, shown: str) -> None:
    """Raises WrongMoment where the child would have come back only after a check or an interview about the return."""
    back = _first_back(episode)
    if back and episode.prevention_checks.filter(conducted_at__lt=back).exists():
        raise WrongMoment(shown, "A prevention check was made before that. The child was back by then")
    held = episode.interview_held
    if held and back and held < back:
        raise WrongMoment(
            shown, f"The return interview was held on {moment_in_words(held)}, so the child was back by then"
        )


def _first_back(episode: Episode) -> datetime | None:
    """When the child was first found or back."""
    return min(filter(None, (episode.located_at, episode.returned_at)), default=None)


def _already(what: str, when: datetime, by_pk: int | None) -> str:
    who = User.objects.filter(pk=by_pk or 0).first() or "Somebody"
    return f"{who} has already recorded that the child {what}: {moment_in_words(when)}. If that is wrong, correct it."
