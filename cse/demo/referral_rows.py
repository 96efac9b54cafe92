"""Referrals as the services would have left them at the moment to which their course has come."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db.models import Model

from cse.demo.story import Row, Story
from cse.demo.triage import Course
from deadlines.rules import Kind
from frontend.text import LONDON
from referrals.models import (
    Check,
    Decision,
    GradeChange,
    Grounds,
    NrmReferral,
    Referral,
    Route,
    StrategyDiscussion,
)
from referrals.rules import GRADE_CLOCKS, NEEDS_ASSESSMENT, OPENS_CASE, Grade, Outcome, State

SUBJECT = Referral._meta.label_lower
DiscussionAgency = StrategyDiscussion.agencies.through
DANGER = "Somebody said that the child is in immediate danger."
_GRADE_REASON = {Grade.GREEN: 0, Grade.AMBER: 1, Grade.RED: 2, Grade.BLUE: 3}
_DECISION_REASON = {
    Outcome.SECTION_47: 0,
    Outcome.CHILD_IN_NEED: 1,
    Outcome.EARLY_HELP: 2,
    Outcome.ADVICE: 3,
    Outcome.NO_FURTHER_ACTION: 4,
    Outcome.STRATEGY_DISCUSSION: 5,
}
_FEEDBACK = {Outcome.NO_FURTHER_ACTION: 2, Outcome.ADVICE: 2, Outcome.EARLY_HELP: 1}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a referral comes from. `told` holds what somebody without an account said, by column."""

    route: Route
    made_by_id: int
    team_id: int | None
    concern: str
    danger_details: str = ""
    """What the danger is, where there is immediate danger."""
    trafficking: bool = False
    screening_id: int | None = None
    told: Row = field(default_factory=dict)

    @property
    def immediate_danger(self) -> bool:
        return bool(self.danger_details)

    @property
    def can_be_told(self) -> bool:
        return self.route is not Route.PUBLIC or bool(self.told.get("referrer_contact"))


class Triage:
    """One referral being written: the row itself, its steps, and the promises about it."""

    def __init__(self, story: Story, origin: Origin, course: Course, grade: Grade, outcome: Outcome) -> None:
        self.story, self.origin, self.grade, self.outcome = story, origin, grade, outcome
        self.run, self.course = story.run, course.until(story.run.now)
        self.officer = self.run.rng.choice(self.run.staff.triage)
        self.pk = self.run.store.number(Referral)
        self.subject = (SUBJECT, self.pk)
        self.changes = 0

    def write(self) -> None:
        """Everything, in the order in which it happened."""
        self._receive()
        if self.course.accepted_at:
            self.story.promises.assign(self.subject, self.officer.pk)
            self.changes += 1
            self._grade()
            self._ask_agencies()
            self._decide()
        self._write_referral()

    def _receive(self) -> None:
        course, mash = self.course, self.run.staff.mash_team
        at, by_id, reason = course.received_at, self.origin.made_by_id, f"Referral R{self.pk:06d}"
        self.story.let_team_know(mash, kind="referral", reason=reason, by_id=by_id, at=at)
        self.story.promises.start(Kind.MASH_DECISION, self.subject, started_at=at, team_id=mash)
        if self.origin.immediate_danger:
            self._add(GradeChange, grade=int(Grade.RED), reason=DANGER, by_id=by_id, at=at)
            self.story.promises.start(Kind.REFERRAL_RED, self.subject, started_at=at, team_id=mash)

    def _grade(self) -> None:
        course = self.course
        if course.graded_at is None or self.origin.immediate_danger:
            return
        reason = self.story.writer.nth("grade_reason", _GRADE_REASON[self.grade])
        self._add(GradeChange, grade=int(self.grade), reason=reason, by_id=self.officer.pk, at=course.graded_at)
        self.changes += 1
        if self.grade in GRADE_CLOCKS:
            self.story.promises.start(
                GRADE_CLOCKS[self.grade],
                self.subject,
                started_at=course.received_at,
                team_id=self.run.staff.mash_team,
                owner_id=self.officer.pk,
            )

    def _ask_agencies(self) -> None:
        """Police and health for most, others for some; whoever has not answered by now is still asked."""
        asked_at, rng = self.course.graded_at, self.run.rng
        if asked_at is None or self.grade is Grade.BLUE:
            return
        for code in ("police", "health", *(("housing",) if rng.random() < 0.2 else ()), *_school(self.story)):
            answered_at = asked_at + timedelta(minutes=rng.randrange(15, 1300))
            answered = answered_at <= min(self.run.now, self.course.decided_at or self.run.now)
            self._add(
                Check,
                agency_id=self.run.staff.agencies[code],
                asked_by_id=self.officer.pk,
                asked_at=asked_at,
                finding=self.story.writer.phrase("check_findings") if answered else "",
                answered_at=answered_at if answered else None,
                answered_by=self.run.staff.speaker(code, rng).name if answered else "",
            )
            self.changes += 1 + answered

    def _decide(self) -> None:
        course, promises = self.course, self.story.promises
        if course.discussing_at:
            self._add_decision(Outcome.STRATEGY_DISCUSSION, course.discussing_at)
        if course.held_at:
            self._write_discussion()
        if course.decided_at:
            self._add_decision(self.outcome, course.decided_at)
        first = course.discussing_at or course.decided_at
        if first:
            promises.meet(GRADE_CLOCKS.values(), at=first, subject=self.subject)
            acknowledged = course.acknowledged_at
            if acknowledged or not self.origin.can_be_told:
                promises.meet([Kind.MASH_DECISION], at=max(first, acknowledged or first), subject=self.subject)
        if course.decided_at and self.outcome in OPENS_CASE:
            self._start_what_follows(course.decided_at)
        acknowledged_apart = course.acknowledged_at is not None and self.origin.can_be_told
        self.changes += acknowledged_apart + (course.told_at is not None)

    def _add_decision(self, outcome: Outcome, at: datetime) -> None:
        reason = self.story.writer.nth("decision_reason", _DECISION_REASON[outcome])
        self._add(Decision, outcome=outcome.value, reason=reason, by_id=self.officer.pk, at=at)
        self.changes += 1

    def _write_discussion(self) -> None:
        held_at, agencies = self.course.held_at, self.run.staff.agencies
        number = self._add(
            StrategyDiscussion,
            held_at=held_at,
            summary=self.story.writer.phrase("discussion"),
            recorded_by_id=self.officer.pk,
            recorded_at=held_at,
        )
        for code in ("council", "police", "health"):
            self.run.store.add(DiscussionAgency, strategydiscussion_id=number, agency_id=agencies[code])
        self.changes += 1

    def _start_what_follows(self, decided_at: datetime) -> None:
        """The case and its promises (domain.md 19), and sometimes a referral to the NRM."""
        course, rng = self.course, self.run.rng
        self.story.open_case(self.run.staff.key_worker(rng), by=self.officer, at=decided_at)
        if self.outcome in NEEDS_ASSESSMENT:
            self._promise(Kind.ASSESSMENT, course.received_at, decided_at)
        if self.outcome is Outcome.SECTION_47 and course.held_at:
            self._promise(Kind.INITIAL_CONFERENCE, course.held_at, decided_at)
            if self.origin.trafficking or rng.random() < 0.1:
                self._refer_to_nrm(decided_at)

    def _promise(self, kind: Kind, started_at: datetime, decided_at: datetime) -> None:
        """Mostly kept a little before it is due, sometimes after."""
        if self.story.case is None:
            return
        team_id = self.story.case.worker.team_id
        promise = self.story.promises.start(kind, self.subject, started_at=started_at, team_id=team_id)
        kept_at = max(decided_at, promise.due_at - timedelta(hours=self.run.rng.triangular(-200, 400, 60)))
        if kept_at <= self.run.now:
            promise.met_at = kept_at

    def _refer_to_nrm(self, decided_at: datetime) -> None:
        self.origin = replace(self.origin, trafficking=True)
        rng, today = self.run.rng, self.run.calendar.today
        sent_on = decided_at.astimezone(LONDON).date()
        reasonable_on = sent_on + timedelta(days=rng.randrange(4, 40))
        conclusive_on = reasonable_on + timedelta(days=rng.randrange(90, 320))
        decided = reasonable_on <= today
        positive = rng.random() < 0.9
        concluded = decided and positive and conclusive_on <= today
        grounds = (Grounds.POSITIVE if positive else Grounds.NEGATIVE) if decided else Grounds.WAITING
        conclusion = (
            rng.choice((Grounds.POSITIVE, Grounds.POSITIVE, Grounds.NEGATIVE)) if concluded else Grounds.WAITING
        )
        self._add(
            NrmReferral,
            first_responder_id=self.run.staff.agencies[rng.choice(("police", "council"))],
            sent_on=sent_on,
            reasonable_grounds=grounds.value,
            reasonable_grounds_on=reasonable_on if decided else None,
            conclusive_grounds=conclusion.value,
            conclusive_grounds_on=conclusive_on if concluded else None,
        )
        self.changes += 1 + decided + concluded

    def _write_referral(self) -> None:
        course, origin = self.course, self.origin
        acknowledged_at = course.acknowledged_at if origin.can_be_told else None
        graded = course.graded_at or origin.immediate_danger
        self.run.store.add(
            Referral,
            id=self.pk,
            child_id=self.story.pk,
            route=origin.route.value,
            screening_id=origin.screening_id,
            handling_team_id=self.run.staff.mash_team,
            origin_team_id=origin.team_id,
            made_by_id=origin.made_by_id,
            concern=origin.concern,
            immediate_danger=origin.immediate_danger,
            danger_details=origin.danger_details,
            trafficking_indicated=origin.trafficking,
            received_at=course.received_at,
            state=self._state().value,
            grade=int(self.grade if graded else Grade.UNGRADED),
            accepted_by_id=self.officer.pk if course.accepted_at else None,
            accepted_at=course.accepted_at,
            outcome=self._outcome(),
            decided_at=course.decided_at,
            acknowledged_at=acknowledged_at,
            acknowledged_by_id=self.officer.pk if acknowledged_at else None,
            feedback=self.story.writer.nth("feedback", _FEEDBACK.get(self.outcome, 0)) if course.told_at else "",
            feedback_at=course.told_at,
            version=1 + self.changes,
            **origin.told,
        )

    def _state(self) -> State:
        course = self.course
        if course.told_at:
            return State.CLOSED
        if course.decided_at:
            return State.DECIDED
        if course.discussing_at:
            return State.IN_DISCUSSION
        return State.ACCEPTED if course.accepted_at else State.RECEIVED

    def _outcome(self) -> str:
        if self.course.decided_at:
            return self.outcome.value
        return Outcome.STRATEGY_DISCUSSION.value if self.course.discussing_at else ""

    def _add(self, model: type[Model], **values: object) -> int:
        return self.run.store.add(model, referral_id=self.pk, **values)


def _school(story: Story) -> tuple[str, ...]:
    code = story.run.staff.agency_of_school.get(story.child.school)
    return (code,) if code else ()
