"""One maker per model. Plain functions: what is not given is made up, plausible and valid."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts import services as accounts_services
from accounts.models import Agency, AgencyKind, GrantKind, Team, TeamKind, User
from accounts.roles import Role
from delivery_plan.models import Action, Barrier, Milestone, Plan, Update
from delivery_plan.rules import Pillar, Rag, UpdateState
from documents.models import Content, Document, Scan
from frontend.moments import Moment
from missing.models import Episode, Interview, Share
from missing.rules import MOMENTS, Consent, DeclinedBy, InterviewStatus, LawfulBasis, ReportedBy, Shared
from people.models import Child, Emergency, Exclusion, Involvement
from prevention.models import (
    Assessment,
    Attendance,
    Campaign,
    Course,
    EarlyHelp,
    Gap,
    Headcount,
    Learner,
    Resource,
    ResourceVersion,
    Score,
    Service,
    Session,
    Standard,
)
from prevention.rules import Audience, Channel, ResourceKind, Subject, WorkRole
from referrals.models import Referral, Route
from riskassessment.models import Answer, IndicatorSet, Screening
from riskassessment.rules import Level, Presence

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
_numbers = count(1)


def agency(**values: Any) -> Agency:
    n = next(_numbers)
    return Agency.objects.create(**{"name": f"Agency {n}", "kind": AgencyKind.SCHOOL, **values})


def team(**values: Any) -> Team:
    n = next(_numbers)
    given = {"name": f"Team {n}", "kind": TeamKind.PRACTICE, **values}
    return Team.objects.create(
        group=Group.objects.create(name=f"team {n}"), agency=given.pop("agency", None) or agency(), **given
    )


def user(**values: Any) -> User:
    n = next(_numbers)
    given = {
        "email": f"user{n}@example.org",
        "full_name": f"User Number{n}",
        "job_title": "Practitioner",
        "roles": [Role.PRACTITIONER],
        **values,
    }
    given.setdefault("team", None)
    made = User(**given)
    made.set_unusable_password()
    made.save()
    if made.team:
        made.groups.add(made.team.group)
    return made


def child(*, known_to: Team | User | None = None, **values: Any) -> Child:
    n = next(_numbers)
    given = {
        "given_name": f"Child{n}",
        "family_name": f"Family{n}",
        "date_of_birth": date(2012, 3, 27),
        "added_at": NOON,
        **values,
    }
    if "added_by_team" not in given:
        given["added_by_team"] = known_to if isinstance(known_to, Team) else team()
    made = Child.objects.create(**given)
    if known_to:
        let_know(made, known_to)
    return made


def let_know(child: Child, who: Team | User, **options: Any) -> None:
    granted_by = options.pop("by", None) or User.objects.get(email="system@cse.invalid")
    kind = GrantKind.AUTHOR if isinstance(who, Team) else GrantKind.CASE
    options = {"kind": kind, "reason": "made by a test", "by": granted_by, "at": NOON, **options}
    if isinstance(who, Team):
        accounts_services.let_team_know(child, who, **options)
    else:
        accounts_services.let_person_know(child, who, **options)


def document(*, content: bytes = b"Dear all", **values: Any) -> Document:
    """One that was found clean."""
    given = {
        "title": "Letter",
        "kind": "letter",
        "name": "letter.txt",
        "media_type": "text/plain",
        "size": len(content),
        "sha256": "0" * 64,
        "added_at": NOON,
        "token": uuid4(),
        "scan": Scan.CLEAN,
        **values,
    }
    if "added_by" not in given:
        given["added_by"] = user()
    made = Document.objects.create(**given)
    Content.objects.create(document=made, data=content)
    return made


def exclusion(**values: Any) -> Exclusion:
    """A person kept from a record; the system recorded it."""
    given = {"reason": "made by a test", "recorded_at": NOON, **values}
    given.setdefault("recorded_by", User.objects.get(email="system@cse.invalid"))
    return Exclusion.objects.create(**given)


def emergency(**values: Any) -> Emergency:
    """A record opened in an emergency an hour ago, for three; the grant comes with it unless it has `ended_at`."""
    opened_at = timezone.now() - timedelta(hours=1)
    given = {
        "opened_at": opened_at,
        "until": opened_at + timedelta(hours=3),
        "reason": "Somebody is in danger",
        **values,
    }
    if "ended_at" not in given:
        times = {"at": given["opened_at"], "until": given["until"]}
        let_know(given["child"], given["person"], kind=GrantKind.BREAK_GLASS, by=given["person"], **times)
    return Emergency.objects.create(**given)


def involvement(**values: Any) -> Involvement:
    given = {"opened_at": NOON, **values}
    if "team" not in given:
        given["team"] = team()
    return Involvement.objects.create(**given)


def indicator_set(**values: Any) -> IndicatorSet:
    """Version 1, or with values a new version with the same lines."""
    first = IndicatorSet.objects.get(version=1)
    if not values:
        return first
    lines = list(first.indicators.all())
    made = IndicatorSet.objects.create(
        **{
            "name": first.name,
            "source": first.source,
            "rule": first.rule,
            "in_force_from": first.in_force_from,
            **values,
        }
    )
    for line in lines:
        line.pk, line.indicator_set = None, made
        line.save()
    return made


def screening(*, answers: dict[str, Presence] | None = None, **values: Any) -> Screening:
    """A draft with the given answers by indicator code; `submitted_at=` makes it a submitted one."""
    given = {"indicator_set": IndicatorSet.objects.get(version=1), "started_at": NOON, "changed_at": NOON, **values}
    if "author" not in given:
        given["author"] = user(team=team())
    given.setdefault("author_team", given["author"].team)
    given.setdefault("changed_by", given["author"])
    if "child" not in given:
        given["child"] = child(known_to=given["author_team"])
    submitted = given.pop("submitted_at", None)
    made = Screening.objects.create(**given)
    for indicator in made.indicator_set.indicators.all():
        presence = (answers or {}).get(indicator.code)
        if presence:
            Answer.objects.create(
                screening=made, indicator=indicator, presence=presence, evidence="Seen", source="School"
            )
    if submitted:
        made.suggested_level = made.suggested_level or Level.SIGNIFICANT
        made.judged_level = Level.SIGNIFICANT if made.judged_level is None else made.judged_level
        made.submitted_at, made.submitted_by, made.rule_version = submitted, made.author, "1"
        made.save()
        made.refresh_from_db()
    return made


def referral(**values: Any) -> Referral:
    given = {"route": Route.PROFESSIONAL, "concern": "Seen with older men.", "received_at": NOON, **values}
    if "handling_team" not in given:
        given["handling_team"] = Team.objects.filter(kind=TeamKind.MASH).first() or team(kind=TeamKind.MASH)
    if "made_by" not in given:
        given["made_by"] = user(team=team())
    given.setdefault("origin_team", given["made_by"].team)
    if "child" not in given:
        given["child"] = child(known_to=given["handling_team"])
    let_know(given["child"], given["handling_team"])
    return Referral.objects.create(**given)


def early_help(**values: Any) -> EarlyHelp:
    of = values.get("referral") or referral(**{name: values[name] for name in ("child",) if name in values})
    return EarlyHelp.objects.create(**{"decided_on": NOON.date(), "referral": of, "child": of.child, **values})


def episode(**values: Any) -> Episode:
    """A child last seen two hours before NOON and reported an hour later; its moments give their offsets themselves."""
    given = {
        "last_seen_at": NOON - timedelta(hours=2),
        "reported_at": values.get("last_seen_at", NOON - timedelta(hours=2)) + timedelta(hours=1),
        "reported_by": ReportedBy.CARER,
        **values,
    }
    if "recorded_by" not in given:
        given["recorded_by"] = user(team=given.get("team") or team())
    given.setdefault("team", given["recorded_by"].team)
    given.setdefault("recorded_at", given["reported_at"])
    if "child" not in given:
        given["child"] = child(known_to=given["team"])
    for name in ("responsible_authority", "host_authority", "looked_after"):
        given.setdefault(name, getattr(given["child"], name))
    for name in MOMENTS:
        if at := given.get(f"{name}_at"):
            given.setdefault(f"{name}_offset", Moment.of(at).offset)
    return Episode.objects.create(**given)


def share(**values: Any) -> Share:
    """The safety information of an episode, shared with a team that is given no sight by it."""
    given = {
        "what": Shared.SAFETY,
        "purpose": "To keep the child safe",
        "lawful_basis": LawfulBasis.PUBLIC_TASK,
        "consent": Consent.GIVEN,
        "shared_at": NOON,
        **values,
    }
    if "episode" not in given:
        given["episode"] = episode()
    if "team" not in given:
        given["team"] = team()
    given.setdefault("shared_by", given["episode"].recorded_by)
    return Share.objects.create(**given)


_OF_INTERVIEWS: dict[str, dict[str, Any]] = {
    InterviewStatus.NOT_OFFERED: {"offered_at": None, "offered_offset": None, "not_offered_reason": "Moved away."},
    InterviewStatus.DECLINED: {"declined_by": DeclinedBy.CHILD, "declined_why": "Wants to be left alone."},
    InterviewStatus.COMPLETED: {
        "conducted_at": NOON,
        "conducted_offset": 0,
        "completed_at": NOON,
        "place": "School",
        "present": "The child",
        "interviewer_name": "Ann Hall",
        "interviewer_role": "Advocate",
        "interviewer_employer": "A charity",
        "independent": True,
        "own_words": "I was with friends.",
        "risks": "None known.",
        "needs": "Somebody to talk to.",
    },
}


def interview(*, episodes: Sequence[Episode] = (), **values: Any) -> Interview:
    """An accepted one, or with `status=` another with what that status asks for; the episodes are its own then."""
    status = values.setdefault("status", InterviewStatus.ACCEPTED)
    offered = {"offered_at": NOON, "offered_offset": 0, "offered_to": "The child"}
    given = offered | {"recorded_at": NOON} | _OF_INTERVIEWS.get(status, {}) | values
    if "recorded_by" not in given:
        given["recorded_by"] = user(team=team())
    if "child" not in given:
        given["child"] = episodes[0].child if episodes else child()
    if status == InterviewStatus.COMPLETED:
        given.setdefault("completed_by", given["recorded_by"])
    made = Interview.objects.create(**given)
    for each in episodes:
        each.interview = made
        each.save(update_fields=["interview"])
    return made


def plan(**values: Any) -> Plan:
    """The current plan, made where there is none."""
    days = {"starts_on": date(2026, 4, 1), "ends_on": date(2027, 3, 31), "adopted_on": date(2026, 10, 1)}
    return Plan.objects.filter(superseded_on=None).first() or Plan.objects.create(
        **{"title": "Delivery plan 2026 to 2027", **days, **values}
    )


def action(**values: Any) -> Action:
    n = next(_numbers)
    given = {"number": n, "pillar": Pillar.PROTECTION, "text": f"Do the {n}th thing", **values}
    return Action.objects.create(plan=given.pop("plan", None) or plan(), **given)


def plan_update(**values: Any) -> Update:
    given = {"text": "Much was done", "rag": Rag.AMBER, "rag_reason": "Two of three are late", **values}
    given.setdefault("changed_at", NOON)
    given.setdefault("submitted_at", None if given.get("state", UpdateState.DRAFT) == UpdateState.DRAFT else NOON)
    return Update.objects.create(**given)


def barrier(**values: Any) -> Barrier:
    given = {"what": "No money for the venue", "since_on": date(2026, 11, 1), "who_can_lift": "The council", **values}
    return Barrier.objects.create(raised_by=given.pop("raised_by", None) or user(), **given)


def course(**values: Any) -> Course:
    given = {"title": f"Course {next(_numbers)}", "subjects": [Subject.FORMS], "multi_agency": True, **values}
    return Course.objects.create(**given)


def session(**values: Any) -> Session:
    given = {"held_on": date(2026, 6, 1), **values}
    return Session.objects.create(course=given.pop("course", None) or course(), **given)


def learner(**values: Any) -> Learner:
    n = next(_numbers)
    given = {"name": f"Learner Number{n}", "reference": f"learner{n}@example.org", "role": WorkRole.SCHOOL, **values}
    return Learner.objects.create(agency=given.pop("agency", None) or agency(), **given)


def attendance(**values: Any) -> Attendance:
    return Attendance.objects.create(
        session=values.pop("session", None) or session(),
        learner=values.pop("learner", None) or learner(),
        recorded_by=values.pop("recorded_by", None) or user(),
        **{"recorded_at": NOON, **values},
    )


def headcount(**values: Any) -> Headcount:
    given = {"role": WorkRole.SCHOOL, "counted_on": date(2026, 4, 1), "people": 10, **values}
    return Headcount.objects.create(agency=given.pop("agency", None) or agency(), **given)


def standard(**values: Any) -> Standard:
    n = next(_numbers)
    return Standard.objects.create(**{"number": n, "text": f"The {n}th thing is in place", **values})


def assessment(**values: Any) -> Assessment:
    given = {"begun_on": date(2026, 9, 1), **values}
    who = {"agency": given.pop("agency", None) or agency(), "begun_by": given.pop("begun_by", None) or user()}
    return Assessment.objects.create(**who, **given)


def score(**values: Any) -> Score:
    given = {"score": 3, "evidence": "The list of who was there", **values}
    return Score.objects.create(standard=given.pop("standard", None) or standard(), **given)


def campaign(**values: Any) -> Campaign:
    days = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 31)}
    given = {"title": f"Campaign {next(_numbers)}", "audiences": [Audience.PARENTS], "channels": [Channel.PRINT]}
    return Campaign.objects.create(**{**given, **days, **values})


def service(**values: Any) -> Service:
    n = next(_numbers)
    given = {"name": f"Service {n}", "provider": "A charity", "audiences": [Audience.CHILDREN], "offers": "Somebody"}
    given |= {"referral_route": "By telephone", "review_by": date(2027, 3, 1), **values}
    return Service.objects.create(owner=given.pop("owner", None) or user(), **given)


def gap(**values: Any) -> Gap:
    given = {"what": "Nothing for boys", "audiences": [Audience.CHILDREN], "found_on": date(2026, 6, 1), **values}
    return Gap.objects.create(reported_by=given.pop("reported_by", None) or user(), **given)


def resource(**values: Any) -> Resource:
    given = {"kind": ResourceKind.PROCEDURE, "title": f"Procedure {next(_numbers)}", "review_by": date(2027, 3, 1)}
    given |= values
    owner = given.pop("owner", None) or user()
    made = Resource.objects.create(owner=owner, **given)
    said = {"number": 1, "text": "Ring the hub", "published_by": owner, "published_at": NOON}
    ResourceVersion.objects.create(resource=made, **said)
    return made


def milestone(**values: Any) -> Milestone:
    return Milestone.objects.create(**{"text": "The venue is booked", "due_on": date(2026, 12, 1), **values})
