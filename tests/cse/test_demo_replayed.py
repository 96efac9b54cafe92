"""The demonstration is written past the services. Here they do the same things again, and leave the same rows."""

from collections.abc import Callable, Iterator
from datetime import datetime
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Model

from accounts.models import User
from accounts.selectors import mash_team
from accounts.services import let_team_know
from deadlines.models import Deadline
from deadlines.rules import Kind
from frontend.moments import Moment
from missing import services as missing_services
from missing.models import Episode, Interview
from missing.rules import InterviewStatus, ReportedBy, ReturnedTo, RiskGrade
from people.models import Child, ChildTeamGrant, Involvement
from referrals import services as referral_services
from referrals.models import Check, Decision, GradeChange, Referral, StrategyDiscussion
from referrals.rules import Grade, Outcome, State
from riskassessment import services as screening_services
from riskassessment.models import Countersignature, Screening
from riskassessment.rules import Level
from tests import prepared

pytestmark = pytest.mark.django_db

KEPT_LATER = [Kind.ASSESSMENT, Kind.INITIAL_CONFERENCE]
"""No command keeps these promises yet: the demonstration does."""


@pytest.fixture(scope="module")
def partnership_of_300(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with prepared.for_a_file(django_db_blocker):
        call_command("seed_demo", "--until", "2026-11-23", "--children", "300", stdout=StringIO())
        yield


@pytest.fixture
def seeded(partnership_of_300: None, db: None) -> None:
    """Made once for all tests of this file."""


def only_once(**conditions: Any) -> Screening:
    """A screening which, with its referral, is all that ever happened to its child."""
    single = Screening.objects.filter(submitted_at__isnull=False, **conditions).exclude(
        child__deadlines__void_reason__startswith="Agreed at supervision"
    )
    for screening in single.order_by("pk"):
        child = screening.child
        if child.screenings.count() == child.referrals.count() == 1:
            return screening
    raise AssertionError("the demonstration has no such screening")


def copy_of(child: Child) -> Child:
    """The same child once more, known to the author's team, without a history."""
    values = {
        field.attname: getattr(child, field.attname) for field in child._meta.concrete_fields if not field.generated
    }
    values |= {"id": None, "nhs_number": None, "upn": None}
    made = Child.objects.create(**values)
    grant = ChildTeamGrant.objects.get(content_object=child, group=child.added_by_team_id)
    reason = "The team added the record"
    let_team_know(made, child.added_by_team, kind="author", reason=reason, by=grant.granted_by, at=grant.granted_at)
    return made


def submitted_again(original: Screening) -> Screening:
    """The same answers given for a copy of the child, submitted through the services at the same moment."""
    own = {"id", "child_id", "submitted_at", "submitted_by_id", "suggested_level", "suggested_because", "rule_version"}
    own |= {"judged_level", "judged_reason", "effective_level"}
    own |= {name for name in columns(original) if name.startswith("counters")}
    values = {name: value for name, value in columns(original).items() if name not in own}
    draft = Screening.objects.create(child=copy_of(original.child), **values)
    for answer in original.answers.all():
        answer.pk, answer.screening = None, draft
        answer.save(force_insert=True)
    return screening_services.submit(
        by=original.author,
        at=original.submitted_at,
        screening=draft,
        seen=draft.version,
        judged_level=Level(original.judged_level or 0),
        judged_reason=original.judged_reason,
    )


def decided_again(original: Referral, replayed: Referral) -> Referral:
    """MASH does the same with it, at the same moments, through the services."""
    officer = original.accepted_by
    assert officer
    steps = sorted(_steps(original, replayed, officer), key=lambda step: step[0])
    for at, do in steps:
        do(at)
    replayed.refresh_from_db()
    return replayed


Step = tuple[datetime, Callable[[datetime], object]]


def _steps(original: Referral, replayed: Referral, officer: User) -> list[Step]:
    def by_officer(
        service: Callable[..., object], *, fresh: bool = False, **given: Any
    ) -> Callable[[datetime], object]:
        def do(at: datetime) -> object:
            referral = Referral.objects.get(pk=replayed.pk)
            version = {"version": referral.version} if fresh else {}
            return service(by=officer, at=at, referral=referral, **version, **given)

        return do

    services = referral_services
    steps: list[Step] = [(original.accepted_at, by_officer(services.accept))]
    for change in original.grade_changes.filter(by=officer):
        do = by_officer(services.grade, fresh=True, grade=Grade(change.grade), reason=change.reason)
        steps.append((change.at, do))
    for check in original.checks.order_by("pk"):
        steps.append((check.asked_at, by_officer(services.ask_agency, agency=check.agency)))
        if check.answered_at:
            steps.append((check.answered_at, _answering(check, replayed, officer)))
    case = Involvement.objects.filter(child=original.child).first()
    for decision in original.decisions.order_by("pk"):
        team = case.team if case and decision.outcome == original.outcome else None
        outcome = Outcome(decision.outcome)
        do = by_officer(services.decide, fresh=True, outcome=outcome, reason=decision.reason, team=team)
        steps.append((decision.at, do))
    for held in StrategyDiscussion.objects.filter(referral=original):
        agencies = list(held.agencies.all())
        do = by_officer(services.record_discussion, held_at=held.held_at, agencies=agencies, summary=held.summary)
        steps.append((held.recorded_at, do))
    if original.acknowledged_at:
        steps.append((original.acknowledged_at, by_officer(services.acknowledge)))
    if original.feedback_at:
        steps.append((original.feedback_at, by_officer(services.give_feedback, feedback=original.feedback)))
    return steps


def _answering(check: Check, replayed: Referral, officer: User) -> Callable[[datetime], object]:
    def do(at: datetime) -> object:
        asked = Check.objects.get(referral=replayed, agency=check.agency)
        return referral_services.record_check(
            by=officer, at=at, check=asked, finding=check.finding, answered_by=check.answered_by
        )

    return do


def columns(record: Model) -> dict[str, Any]:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def comparable(record: Model, *ignored: str) -> dict[str, Any]:
    """The record's columns with its own and its referral's numbers taken out of the words."""
    leave_out = {"id", "child_id", "screening_id", "referral_id", *ignored}
    return {name: value for name, value in columns(record).items() if name not in leave_out}


def referral_columns(referral: Referral) -> dict[str, Any]:
    """`concern` names the screening, which has another number."""
    found = comparable(referral)
    found["concern"] = found["concern"].replace(f"S{referral.screening_id:06d}", "S")
    return found


def promises(child: Child, *, about: str = "") -> list[tuple[Any, ...]]:
    rows = Deadline.objects.filter(child=child, subject_type__contains=about).exclude(kind__in=KEPT_LATER)
    rows = rows.exclude(subject_type__startswith="missing.")
    names = (
        "kind",
        "subject_type",
        "owner_team",
        "owner",
        "started_at",
        "due_at",
        "met_at",
        "voided_at",
        "void_reason",
    )
    return sorted(rows.values_list(*names), key=str)


def promises_kept_later(child: Child) -> list[tuple[Any, ...]]:
    rows = Deadline.objects.filter(child=child, kind__in=KEPT_LATER)
    return sorted(rows.values_list("kind", "owner_team", "owner", "started_at", "due_at"), key=str)


def grants(child: Child) -> list[tuple[Any, ...]]:
    rows = ChildTeamGrant.objects.filter(content_object=child).exclude(kind__in=["missing", "share"])
    return sorted(rows.values_list("group", "permission", "kind", "granted_by", "granted_at", "expires_at"), key=str)


def of_referral(model: type[Model], referral: Referral) -> list[dict[str, Any]]:
    return [comparable(row) for row in model._default_manager.filter(referral=referral).order_by("pk")]


class TestSubmit:
    def test_leaves_the_screening_and_what_follows_as_the_services_do(self, seeded: None) -> None:
        nil = {"referral__state": State.CLOSED, "suggested_level": Level.NO_CURRENT_RISK}
        for kind in ({"referral__state": State.RECEIVED}, {"referral__state": State.ACCEPTED}, nil):
            original = only_once(**kind)
            replayed = submitted_again(original)
            replayed.refresh_from_db()
            assert comparable(replayed) == comparable(original)
            assert replayed.answers.count() == original.answers.count()
            if kind["referral__state"] == State.RECEIVED:
                assert referral_columns(replayed.referral) == referral_columns(original.referral)
                assert promises(replayed.child) == promises(original.child)
                assert grants(replayed.child) == grants(original.child)

    def test_is_countersigned_as_by_the_service(self, seeded: None) -> None:
        original = only_once(countersignature=Countersignature.AGREED)
        replayed = submitted_again(original)
        screening_services.countersign(
            by=original.countersigned_by,
            at=original.countersigned_at,
            screening=replayed,
            agree=True,
            reason=original.countersign_reason,
        )
        replayed.refresh_from_db()
        assert comparable(replayed) == comparable(original)
        about = "riskassessment.screening"
        assert promises(replayed.child, about=about) == promises(original.child, about=about)


class TestTriage:
    def test_leaves_the_referral_as_the_services_do(self, seeded: None) -> None:
        outcomes = (Outcome.NO_FURTHER_ACTION, Outcome.ADVICE, Outcome.CHILD_IN_NEED, Outcome.SECTION_47)
        kinds: list[dict[str, Any]] = [{"referral__outcome": outcome} for outcome in outcomes]
        for kind in (*kinds, {"referral__state": State.ACCEPTED}, {"referral__immediate_danger": True}):
            original = only_once(referral__nrm=None, countersignature="", **kind).referral
            replayed = decided_again(original, submitted_again(original.screening).referral)
            assert referral_columns(replayed) == referral_columns(original)
            for model in (GradeChange, Decision, Check, StrategyDiscussion):
                assert of_referral(model, replayed) == of_referral(model, original)
            assert promises(replayed.child) == promises(original.child)
            assert promises_kept_later(replayed.child) == promises_kept_later(original.child)
            assert grants(replayed.child) == grants(original.child)


def reported_again(original: Episode, child: Child) -> Episode:
    """The same report, grade and return, of a child whose case stands as the original's."""
    by, given = original.recorded_by, original.grade_changes.get()
    told = ("last_seen_where", "circumstances", "police_reference")
    episode = missing_services.report(
        by=by,
        at=original.reported_at,
        child=child,
        token=uuid4(),
        last_seen=Moment.of(original.last_seen_at),
        reported=Moment.of(original.reported_at),
        reported_by=ReportedBy(original.reported_by),
        **{name: getattr(original, name) for name in told},
    )
    episode = missing_services.grade(
        by=given.by, at=given.at, episode=episode, version=1, grade=RiskGrade(given.grade), reason=given.reason
    )
    assert original.returned_at
    return missing_services.record_return(
        by=by,
        at=original.returned_at,
        episode=episode,
        version=2,
        returned=Moment.of(original.returned_at),
        returned_to=ReturnedTo(original.returned_to),
        return_notes="",
    )


class TestMissing:
    def test_leaves_the_episode_and_its_clocks_as_the_services_do(self, seeded: None) -> None:
        original = (
            Episode.objects.annotate(times=Count("child__episodes"))
            .filter(
                times=1,
                interview__status=InterviewStatus.OFFERED,
                episode_type="M",
                located_at=None,
                child__involvements=None,
                host_authority=F("responsible_authority"),
                responsible_authority="336",
            )
            .first()
        )
        assert original
        offered = original.interview
        assert offered
        child = copy_of(original.child)
        author = original.child.screenings.order_by("pk").first()
        by = author.author if author else original.recorded_by
        for team in (original.team, mash_team()):
            let_team_know(child, team, kind="screening", reason="As the original", by=by, at=original.child.added_at)
        episode = reported_again(original, child)
        interview = missing_services.offer(
            by=offered.recorded_by,
            at=offered.recorded_at,
            episode=episode,
            version=episode.version,
            offered=Moment.of(offered.offered_at),
            offered_to=offered.offered_to,
        )
        episode.refresh_from_db()
        unlike = ("interview_id", "token")
        assert comparable(episode, *unlike) == comparable(original, *unlike)
        assert comparable(Interview.objects.get(pk=interview.pk)) == comparable(offered)
        assert clocks_of(episode) == clocks_of(original)
        assert {row[0] for row in missing_grants(episode)} == {row[0] for row in missing_grants(original)}


def clocks_of(episode: Episode) -> list[tuple[Any, ...]]:
    rows = Deadline.objects.filter(subject_type="missing.episode", subject_id=episode.pk)
    names = ("kind", "owner_team", "owner", "started_at", "watched_from", "due_at", "met_at", "voided_at")
    return sorted(rows.values_list(*names), key=str)


def missing_grants(episode: Episode) -> list[tuple[Any, ...]]:
    rows = ChildTeamGrant.objects.filter(content_object=episode.child, kind="missing")
    return list(rows.values_list("group", "granted_by", "granted_at"))
