"""A child's missing episodes: past ones told to their end, and one of the last days that waits for somebody.

Written as the services of `missing` would have left them. Past episodes come one or two at a time and three months
apart, so that only those of the last days ask for a screening or a meeting (domain.md 15).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from cse.demo.staff import Colleague
from cse.demo.story import Row, Story
from deadlines.rules import Kind, end_of_day
from frontend.moments import Moment
from frontend.text import local_day
from missing.models import (
    AuthorityTold,
    Episode,
    GradeChange,
    Interview,
    InterviewAction,
    PreventionCheck,
    Share,
)
from missing.rules import (
    Consent,
    DeclinedBy,
    EpisodeType,
    Harm,
    InterviewStatus,
    LawfulBasis,
    PullFactor,
    PushFactor,
    ReportedBy,
    ReturnedTo,
    RiskGrade,
    Shared,
    authorities_to_tell,
)

SETTLED = timedelta(days=21)
"""An episode that ended so long ago has been interviewed, shared and reviewed."""
APART = timedelta(days=96)
HOUR = timedelta(hours=1)


_TOLD_BY = {"police": ReportedBy.POLICE, "heronfold": ReportedBy.PLACEMENT, "kestrel": ReportedBy.CARER}


class Present(Enum):
    """How far an episode of the last days has come: hours ago that the child was last seen, and that they returned."""

    STILL_MISSING = (9, None)
    FOUND = (30, None)
    JUST_BACK = (26, 5)
    OFFERED = (50, 30)
    NEARLY_DUE = (80, 67)
    OVERDUE = (130, 90)
    DECLINED = (90, 60)
    SHARED = (100, 70)


PRESENT: tuple[Present, ...] = (
    Present.OVERDUE, Present.STILL_MISSING, Present.JUST_BACK, Present.NEARLY_DUE, Present.SHARED,
    Present.OFFERED, Present.DECLINED, Present.JUST_BACK, Present.FOUND, Present.OFFERED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """The moments of one episode; what has not happened is None."""

    last_seen_at: datetime
    reported_at: datetime
    located_at: datetime | None = None
    returned_at: datetime | None = None
    offered_at: datetime | None = None
    responded_at: datetime | None = None
    declined: bool = False
    conducted_at: datetime | None = None
    shared_at: datetime | None = None
    acknowledged_at: datetime | None = None
    reviewed_at: datetime | None = None


def happen(story: Story, times: int, *, present: bool) -> None:
    """Let the child go missing so often, and once in the last days where they are to be `present`."""
    rng, now = story.run.rng, story.run.now
    at = story.added_at + rng.random() * APART
    ends = now - SETTLED - (APART if present else timedelta(0))
    for _ in range(times):
        if at > ends or local_day(at) >= story.child.eighteenth_birthday:
            break
        _write(story, _past(story, at))
        again = at + timedelta(days=rng.randrange(9, 26))
        if rng.random() < 0.3 and again < ends and local_day(again) < story.child.eighteenth_birthday:
            _write(story, _past(story, again))
            at = again
        at += APART + timedelta(days=rng.randrange(60))
    if present and story.added_at < now - timedelta(days=8):  # else it is the next child's turn
        _write(story, _present(story, PRESENT[next(story.run.turns) % len(PRESENT)]))


def _past(story: Story, at: datetime) -> Course:
    rng = story.run.rng
    seen = _evening(story, at)
    reported = seen + rng.uniform(0.5, 5) * HOUR
    located = reported + rng.triangular(2, 60, 9) * HOUR
    returned = located + rng.uniform(0.4, 3) * HOUR
    offered = returned + rng.triangular(2, 40, 14) * HOUR
    responded = offered + rng.uniform(0.5, 10) * HOUR
    declined = rng.random() < 0.2
    within = rng.random() < 0.7
    conducted = None if declined else returned + (rng.uniform(52, 71) if within else rng.uniform(75, 160)) * HOUR
    shared = conducted + rng.uniform(1, 20) * HOUR if conducted else None
    acknowledged = shared + rng.triangular(0.5, 50, 6) * HOUR if shared else None
    reviewed = returned + timedelta(days=rng.randrange(8, 13))
    return Course(
        seen, reported, located if rng.random() < 0.6 else None, returned, offered, responded, declined, conducted,
        shared, acknowledged, reviewed,
    )  # fmt: skip


def _present(story: Story, present: Present) -> Course:
    now = story.run.now
    seen_ago, back_ago = present.value
    seen = now - seen_ago * HOUR
    reported = seen + 1.5 * HOUR
    if back_ago is None:
        return Course(seen, reported, now - 2 * HOUR if present is Present.FOUND else None)
    back = now - back_ago * HOUR
    if present in (Present.JUST_BACK, Present.OVERDUE):
        return Course(seen, reported, None, back)
    offered = back + 8 * HOUR
    if present in (Present.OFFERED, Present.NEARLY_DUE):
        return Course(seen, reported, None, back, offered)
    responded = offered + 5 * HOUR
    if present is Present.DECLINED:
        return Course(seen, reported, None, back, offered, responded, declined=True)
    return Course(seen, reported, None, back, offered, responded, False, back + 44 * HOUR, now - 20 * HOUR)


def _evening(story: Story, at: datetime) -> datetime:
    return end_of_day(local_day(at)) - story.run.rng.uniform(0.5, 8) * HOUR


def _write(story: Story, course: Course) -> None:
    run = story.run
    recorder, reported_by = _recorder(story)
    episode = run.store.number(Episode)
    owner_team, owner = _owes_interview(story)
    interviewer = owner or run.staff.coordinator
    for team in dict.fromkeys((recorder.team_id, run.staff.mash_team, run.staff.coordinator.team_id)):
        story.let_team_know(
            team, kind="missing", reason=f"Missing episode M{episode:06d}", by_id=recorder.pk, at=course.reported_at
        )
    interview = _interview(story, course, interviewer)
    _report(story, course, episode, recorder, reported_by, interview)
    _promise(story, course, episode, owner_team, owner)
    if course.returned_at:
        _after_return(story, course, course.returned_at, episode, recorder)
    if interview and course.conducted_at:
        _actions(story, course.conducted_at, interview, interviewer)
    if course.shared_at:
        _share(story, course, course.shared_at, episode, interviewer)


def _report(
    story: Story, course: Course, episode: int, recorder: Colleague, reported_by: str, interview: int | None
) -> None:
    """The episode's own row, and its grade."""
    run, child = story.run, story.child
    grade = run.rng.choices(list(RiskGrade), (5, 20, 55, 20))[0]
    run.store.add(
        Episode,
        id=episode,
        child_id=story.pk,
        episode_type=_type(story),
        responsible_authority=child.responsible_authority,
        host_authority=child.host_authority,
        looked_after=child.looked_after,
        **_moment("last_seen", course.last_seen_at),
        last_seen_where=story.writer.phrase("last_seen_where"),
        **_moment("reported", course.reported_at),
        reported_by=reported_by,
        circumstances=story.writer.phrase("missing_circumstances"),
        police_reference=f"MIS-{run.rng.randrange(1000, 9999)}",
        grade=grade,
        **_ends(story, course, recorder),
        interview_id=interview,
        team_id=recorder.team_id,
        recorded_by_id=recorder.pk,
        recorded_at=course.reported_at,
        version=2 + bool(course.located_at) + bool(course.returned_at) + bool(interview) + bool(course.reviewed_at),
    )
    reason = story.writer.phrase("missing_grade")
    at = course.reported_at + timedelta(minutes=20)
    run.store.add(GradeChange, episode_id=episode, grade=grade, reason=reason, by_id=recorder.pk, at=at)


def _ends(story: Story, course: Course, recorder: Colleague) -> Row:
    """What is known of finding, return and review."""
    returned_to = ReturnedTo.PLACEMENT if story.child.is_looked_after else ReturnedTo.HOME
    return {
        **_moment("located", course.located_at),
        "located_where": story.writer.phrase("last_seen_where") if course.located_at else "",
        "located_by": "Police" if course.located_at else "",
        "location_recorded_by_id": recorder.pk if course.located_at else None,
        **_moment("returned", course.returned_at),
        "returned_to": returned_to if course.returned_at else "",
        "return_recorded_by_id": recorder.pk if course.returned_at else None,
        "reviewed_at": course.reviewed_at,
        "reviewed_by_id": story.run.staff.coordinator.pk if course.reviewed_at else None,
        "review": story.writer.phrase("missing_review") if course.reviewed_at else "",
    }


def _moment(name: str, at: datetime | None) -> Row:
    return {f"{name}_at": at, f"{name}_offset": Moment.of(at).offset if at else None}


def _type(story: Story) -> str:
    away = story.child.is_looked_after and story.run.rng.random() < 0.2
    return EpisodeType.AWAY if away else EpisodeType.MISSING


def _recorder(story: Story) -> tuple[Colleague, str]:
    """Somebody whose team knows the child already, and on whose word they write it down."""
    run = story.run
    recorder = run.staff.who_may_report(story.known_to, run.rng)
    return recorder, _TOLD_BY.get(recorder.agency) or run.rng.choice((ReportedBy.PARENT, ReportedBy.CARER))


def _owes_interview(story: Story) -> tuple[int, Colleague | None]:
    """As `missing.steps.interview_owed_by`."""
    if story.case:
        return story.case.worker.team_id, story.case.worker
    return story.run.staff.coordinator.team_id, None


def _promise(story: Story, course: Course, episode: int, team: int, owner: Colleague | None) -> None:
    starts = course.returned_at or course.located_at
    if starts is None:
        return
    subject = ("missing.episode", episode)
    promises = story.promises
    owner_id = owner.pk if owner else None
    promises.start(Kind.RETURN_INTERVIEW, subject, started_at=starts, team_id=team, owner_id=owner_id)
    if course.conducted_at:
        promises.meet([Kind.RETURN_INTERVIEW], at=course.conducted_at, subject=subject)
    elif course.declined and course.responded_at:
        promises.void([Kind.RETURN_INTERVIEW], at=course.responded_at, reason="Declined by the child", subject=subject)


def _after_return(story: Story, course: Course, returned: datetime, episode: int, recorder: Colleague) -> None:
    run, rng = story.run, story.run.rng
    checked = returned + rng.uniform(1, 4) * HOUR
    run.store.add(
        PreventionCheck,
        episode_id=episode,
        **_moment("conducted", checked),
        conducted_by=f"PC {rng.randrange(2000, 9000)}",
        seen_alone=rng.random() < 0.8,
        found=story.writer.phrase("missing_check"),
        recorded_by_id=recorder.pk,
        recorded_at=checked,
    )
    told = returned + rng.uniform(2, 5) * HOUR
    child, subject = story.child, ("missing.episode", episode)
    for capacity, authority in authorities_to_tell(child.responsible_authority, child.host_authority):
        kind = Kind(f"tell_{capacity}")
        story.promises.start(kind, subject, started_at=returned, team_id=run.staff.coordinator.team_id)
        if told < run.now:
            story.promises.meet([kind], at=told, subject=subject)
            run.store.add(
                AuthorityTold,
                episode_id=episode,
                capacity=capacity,
                authority=authority,
                **_moment("told", told),
                whom="Emergency duty team",
                how="Secure e-mail",
                recorded_by_id=run.staff.coordinator.pk,
                recorded_at=told,
            )


def _interview(story: Story, course: Course, interviewer: Colleague) -> int | None:
    """The interview's row; its number, or None where none has been offered."""
    if course.offered_at is None:
        return None
    status = InterviewStatus.OFFERED
    if course.declined:
        status = InterviewStatus.DECLINED
    elif course.conducted_at:
        status = InterviewStatus.COMPLETED
    return story.run.store.add(
        Interview,
        child_id=story.pk,
        status=status,
        **_moment("offered", course.offered_at),
        offered_by_id=interviewer.pk,
        offered_to=story.child.given_name,
        **_moment("responded", course.responded_at),
        declined_by=DeclinedBy.CHILD if course.declined else "",
        declined_why=story.writer.phrase("missing_declined") if course.declined else "",
        carer_account=story.writer.phrase("missing_carer") if course.declined else "",
        recorded_by_id=interviewer.pk,
        recorded_at=course.offered_at,
        version=1 + bool(course.responded_at) + bool(course.conducted_at),
        **(_told(story, course.conducted_at, interviewer) if course.conducted_at else {}),
    )


def _told(story: Story, at: datetime, interviewer: Colleague) -> Row:
    """What the child said in the interview."""
    rng, writer = story.run.rng, story.writer
    return {
        "interviewer_id": interviewer.pk,
        "interviewer_name": interviewer.name,
        "interviewer_role": "Return interviewer",
        "interviewer_employer": "Wolverhampton Children's Services",
        "independent": True,
        **_moment("conducted", at),
        "place": rng.choice(("School", "A walk in the park", "A café of the child's choice", "Youth centre")),
        "own_words": writer.phrase("missing_own_words"),
        "push_factors": rng.sample([factor.value for factor in PushFactor], rng.randrange(1, 3)),
        "pull_factors": rng.sample([factor.value for factor in PullFactor], rng.randrange(1, 3)),
        "who_with": writer.phrase("missing_who_with"),
        "places": [writer.phrase("last_seen_where") for _ in range(rng.randrange(1, 3))],
        "harm": rng.sample([harm.value for harm in Harm], rng.randrange(0, 3)),
        "risks": writer.phrase("missing_risks"),
        "needs": writer.phrase("missing_needs"),
        "completed_at": at,
        "completed_by_id": interviewer.pk,
    }


def _actions(story: Story, at: datetime, interview: int, owner: Colleague) -> None:
    run, rng = story.run, story.run.rng
    due_on = local_day(at + timedelta(days=rng.randrange(7, 15)))
    done_at = at + timedelta(days=rng.uniform(1, 9))
    done = done_at < run.now and (rng.random() < 0.9 or at < run.now - timedelta(days=60))
    action = run.store.add(
        InterviewAction,
        interview_id=interview,
        what=story.writer.phrase("missing_action"),
        owner_team_id=owner.team_id,
        owner_id=owner.pk,
        due_on=due_on,
        added_by_id=owner.pk,
        added_at=at,
        done_at=done_at if done else None,
        done_by_id=owner.pk if done else None,
        outcome="Done as agreed." if done else "",
    )
    subject = ("missing.interviewaction", action)
    story.promises.start(
        Kind.INTERVIEW_ACTION,
        subject,
        started_at=at,
        team_id=owner.team_id,
        owner_id=owner.pk,
        due_at=end_of_day(due_on),
    )
    if done:
        story.promises.meet([Kind.INTERVIEW_ACTION], at=done_at, subject=subject)


def _share(story: Story, course: Course, at: datetime, episode: int, sharer: Colleague) -> None:
    run, rng = story.run, story.run.rng
    partner = run.staff.screener(rng, rng.choice(("health", "yot", "lantern", "police")))
    if partner.team_id == sharer.team_id:
        return
    late = course.acknowledged_at
    share = run.store.add(
        Share,
        episode_id=episode,
        team_id=partner.team_id,
        what=Shared.SUMMARY,
        purpose="To plan together how the child is kept safe",
        lawful_basis=LawfulBasis.PUBLIC_TASK,
        consent=Consent.GIVEN,
        shared_at=at,
        shared_by_id=sharer.pk,
        acknowledged_at=late,
        acknowledged_by_id=partner.pk if late else None,
    )
    story.let_team_know(partner.team_id, kind="share", reason=f"Share {share}", by_id=sharer.pk, at=at)
    subject = ("missing.share", share)
    story.promises.start(Kind.SHARE_ACKNOWLEDGEMENT, subject, started_at=at, team_id=partner.team_id)
    if late:
        story.promises.meet([Kind.SHARE_ACKNOWLEDGEMENT], at=late, subject=subject)
