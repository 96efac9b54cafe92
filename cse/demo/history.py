"""One child's history from first knowledge to now: screenings, referrals, drafts, in the order of time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from cse.demo import children, missing, names, screenings, triage
from cse.demo.children import DemoChild
from cse.demo.plans import Direct, Plan
from cse.demo.referral_rows import Origin, Triage
from cse.demo.screenings import CHANCE, Submitted, Wish
from cse.demo.staff import Colleague
from cse.demo.story import Row, Run, Story, begin
from cse.demo.triage import Course, Stage
from frontend.text import LONDON
from referrals.models import Relationship, Route
from referrals.rules import Grade, Outcome
from riskassessment.models import AbuseModel
from riskassessment.rules import Level

_REFERENCE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # pragma: allowlist secret


def tell(run: Run, child: DemoChild, plan: Plan) -> None:
    """Write everything that `plan` says happened to the child."""
    if plan.live or plan.missing_now:
        child = _young_enough(child, run.calendar.today)
    moments = run.calendar.moments(plan.events, before=child.eighteenth_birthday, rng=run.rng)
    if plan.live and moments:
        moments = [triage.live_course(plan.live, run.now, run.rng).received_at]
    direct_at = run.rng.randrange(len(moments)) if plan.direct and moments else -1
    if plan.direct is Direct.PUBLIC and plan.live:
        child = _as_told(child)
    story, teller = _begin(run, child, plan, moments)
    for number, at in enumerate(moments):
        story.move_to(at)
        if number == direct_at:
            _refer(story, plan, teller, at)
        else:
            _screen(story, plan, teller if number == 0 else _author(story), at)
    if plan.draft:
        screenings.draft(story, teller, _lately(story))
    story.move_to(run.now)
    missing.happen(story, plan.missing, present=plan.missing_now)
    story.finish()
    if plan.doubled and moments and child.date_of_birth:
        _write_double(run, child, moments[-1])


def _lately(story: Story) -> datetime:
    """A moment of the last nine days since the record was made, at an hour when somebody works where there is one."""
    run = story.run
    at = run.now - min(timedelta(days=9), run.now - story.added_at) * run.rng.random()
    by_day = run.calendar.at_work(at.astimezone(LONDON).date(), run.rng)
    return by_day if story.added_at <= by_day <= run.now else at


def _begin(run: Run, child: DemoChild, plan: Plan, moments: Sequence[datetime]) -> tuple[Story, Colleague]:
    """The record is made just before the first event, by whoever reports it; a public referral's by MASH."""
    first = moments[0] if moments else run.calendar.at_work(run.rng.choice(run.calendar.days), run.rng)
    teller = _first_to_tell(run, child)
    if plan.draft and run.rng.random() < 0.7:
        teller = run.rng.choice(run.staff.carded_screeners)
    at = first - timedelta(minutes=run.rng.randrange(6, 4200))
    if plan.direct is Direct.PUBLIC:
        team_id, by_id, at = run.staff.mash_team, run.public_actor_id, first
        if plan.draft:
            teller = run.staff.triage[0]
    else:
        team_id, by_id = teller.team_id, teller.pk
    return begin(run, child, at=at, team_id=team_id, by_id=by_id), teller


def _first_to_tell(run: Run, child: DemoChild) -> Colleague:
    school = run.staff.agency_of_school.get(child.school, "")
    return run.staff.screener(run.rng, school if run.rng.random() < 0.3 else "")


def _author(story: Story) -> Colleague:
    """Who screens again: mostly the key worker, where a case is open."""
    if story.case and story.run.rng.random() < 0.6:
        return story.case.worker
    return _first_to_tell(story.run, story.child)


def _screen(story: Story, plan: Plan, author: Colleague, at: datetime) -> None:
    """Submit a screening; without an open case it goes to MASH (domain.md 6)."""
    submitted = screenings.submit(story, author, at, _wish(plan))
    if story.case is None:
        _triage(story, plan, _origin_of_screening(submitted), submitted.at_submission, at)


def _wish(plan: Plan) -> Wish:
    match plan.live:
        case None:
            return CHANCE
        case Stage.RED_OVERDUE:
            return Wish("serious", danger=True)
        case Stage.GRADED:
            return Wish("significant", danger=False, judged_lower=True)
        case _:
            return Wish(danger=False)


def _origin_of_screening(submitted: Submitted) -> Origin:
    """As `referrals.services.receive_screening` makes it."""
    circumstances = submitted.circumstances
    said = f"Screening S{submitted.pk:06d} was submitted. Level: {submitted.at_submission.label}."
    models = circumstances.get("abuse_models")
    return Origin(
        route=Route.SCREENING,
        made_by_id=submitted.author.pk,
        team_id=submitted.author.team_id,
        concern=f"{said}\n\n{submitted.suggestion.because}",
        danger_details=str(circumstances.get("danger_details", "")),
        trafficking=isinstance(models, list) and AbuseModel.ORGANISED.value in models,
        screening_id=submitted.pk,
    )


def _refer(story: Story, plan: Plan, teller: Colleague, at: datetime) -> None:
    """A referral without a screening: from a professional, or from somebody without an account."""
    public = plan.direct is Direct.PUBLIC
    rng, writer = story.run.rng, story.writer
    danger = rng.random() < 0.05 if plan.live is None else plan.live is Stage.RED_OVERDUE
    told: Row = (
        _told(story, plan)
        if public
        else {
            "child_informed": rng.choice((True, True, False, None)),
            "parents_informed": rng.choice((True, True, False, None)),
        }
    )
    origin = Origin(
        route=Route.PUBLIC if public else Route.PROFESSIONAL,
        made_by_id=story.run.public_actor_id if public else teller.pk,
        team_id=None if public else teller.team_id,
        concern=writer.phrase("public_words")
        if public
        else f"{writer.evidence('G3')} {writer.phrase('referral_words')}",
        danger_details=writer.nth("grade_reason", 2) if danger else "",
        told=told,
    )
    _triage(story, plan, origin, None, at)


def _triage(story: Story, plan: Plan, origin: Origin, level: Level | None, at: datetime) -> None:
    rng, now = story.run.rng, story.run.now
    grade = triage.LIVE_GRADES.get(plan.live) or triage.grade_for(level, origin.immediate_danger, rng)
    outcome = triage.outcome_for(grade, rng)
    course = _course(story, plan, grade, outcome, at)
    if plan.live:
        course = replace(triage.live_course(plan.live, now, rng), received_at=at)
    Triage(story, origin, course, grade, outcome).write()


def _course(story: Story, plan: Plan, grade: Grade, outcome: Outcome, at: datetime) -> Course:
    rng = story.run.rng
    discussed = outcome is Outcome.SECTION_47 or (outcome is Outcome.CHILD_IN_NEED and rng.random() < 0.1)
    return triage.usual_course(story.run.calendar, at, grade, discussed=discussed, rng=rng)


def _told(story: Story, plan: Plan) -> Row:
    """What somebody without an account says of themselves and of the child."""
    rng = story.run.rng
    relationship = rng.choice([choice for choice in Relationship if choice is not Relationship.PROFESSIONAL])
    signs = "".join(rng.choice(_REFERENCE_SIGNS) for _ in range(8))
    reachable = rng.random() < 0.55
    return {
        "referrer_relationship": relationship.value,
        "referrer_name": rng.choice(names.ADULT_GIVEN_NAMES) if reachable and rng.random() < 0.7 else "",
        "referrer_contact": children.mobile(rng) if reachable else "",
        "safe_contact": "Please do not ring in the evening" if reachable and rng.random() < 0.3 else "",
        "told_name": story.child.given_name,
        "told_age": f"about {rng.randrange(12, 17)}" if rng.random() < 0.6 else "",
        "told_place": rng.choice(names.WARDS) if rng.random() < 0.5 else "",
        "public_reference": f"{signs[:4]}-{signs[4:]}",
    }


def _as_told(child: DemoChild) -> DemoChild:
    """A child of whom we know a first name at most, until MASH has found out more."""
    return children.little_known(child.given_name, child.sex)


def _write_double(run: Run, child: DemoChild, at: datetime) -> None:
    """The same child as somebody else wrote them down: MASH will be shown how alike the two are (domain.md 20)."""
    author = run.staff.screener(run.rng)
    begin(run, children.near_duplicate(child, run.rng), at=at, team_id=author.team_id, by_id=author.pk).finish()


def _young_enough(child: DemoChild, today: date) -> DemoChild:
    """Whoever something happens to in these days is not yet 18."""
    born = child.date_of_birth
    if born is None or child.eighteenth_birthday > today:
        return child
    return replace(child, date_of_birth=born.replace(year=born.year + 2, day=min(born.day, 28)))
