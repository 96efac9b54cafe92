"""Makers of committees and what belongs to them; tests/factories.py has those of the rooms below."""

from datetime import date, time
from typing import Any

from accounts.models import Agency, AgencyKind, GrantKind, Team, User
from governance.models import (
    Action,
    Attendance,
    Committee,
    Concern,
    ConcernNote,
    Discussion,
    Escalation,
    Finding,
    Item,
    Matter,
    Meeting,
    Member,
    MonthlyUpdate,
    Review,
    Terms,
)
from governance.rules import (
    ABBREVIATIONS,
    MONTHS_BETWEEN,
    STANDING,
    Body,
    Code,
    ConcernKind,
    Decided,
    MatterKind,
    ReviewKind,
    Subject,
)
from people.models import Child
from tests import factories

LAST_MONTH = date(2026, 10, 27)
QUORUM = (AgencyKind.LOCAL_AUTHORITY, AgencyKind.POLICE, AgencyKind.HEALTH)


def committee(body: Body = Body.CMOG, **values: Any) -> Committee:
    """With its first terms of reference; the one that is there already, if any."""
    if there := Committee.objects.filter(body=body).first():
        return there
    given = {"name": ABBREVIATIONS[body], "meets_every_months": MONTHS_BETWEEN[body], "review_by": date(2027, 6, 1)}
    made = Committee.objects.create(body=body, **{**given, **values})
    said = {"number": 1, "text": "To protect children", "published_at": factories.NOON}
    Terms.objects.create(committee=made, published_by=factories.user(), **said)
    return made


def member(**values: Any) -> Member:
    given = {"since_on": date(2020, 1, 1), **values}
    given.setdefault("committee", committee())
    agency = given.pop("agency", None) or factories.agency()
    return Member.objects.create(agency=agency, name=given.pop("name", f"Member of {agency.name}"), **given)


def quorum(of: Committee) -> list[Member]:
    """The council, the police and health, each with a seat."""
    return [member(committee=of, agency=factories.agency(kind=kind)) for kind in QUORUM]


def meeting(**values: Any) -> Meeting:
    """With its standing items; the one of that day where there is one and nothing else is said of it."""
    given = {"held_on": LAST_MONTH, "begins": time(10), "place": "Civic Centre", **values}
    of = given.pop("committee", None) or committee()
    if not values and (there := Meeting.objects.filter(committee=of, held_on=LAST_MONTH).first()):
        return there
    made = Meeting.objects.create(committee=of, **given)
    for number, subject in enumerate(STANDING[of.body], start=1):
        Item.objects.create(meeting=made, number=number, subject=subject, title=Subject(subject).label)
    return made


def held(members: list[Member], codes: str = "", **values: Any) -> Meeting:
    """A meeting to which these came as the letters say, one for each; without letters all came."""
    made = meeting(committee=members[0].committee, **{"attended_at": factories.NOON, **values})
    for each, code in zip(members, codes or Code.ATTENDED * len(members), strict=True):
        Attendance.objects.create(meeting=made, member=each, code=code)
    return made


def item(**values: Any) -> Item:
    """One that somebody proposed."""
    of = values.pop("meeting", None) or meeting()
    by = values.pop("proposed_by", None) or factories.user()
    return Item.objects.create(meeting=of, number=of.items.count() + 1, proposed_by=by, **{"title": "Taxis", **values})


def action(**values: Any) -> Action:
    given = {"what": "Write to the hotels", "due_on": date(2026, 12, 1), "added_on": LAST_MONTH, **values}
    who = {name: given.pop(name, None) or factories.user(team=factories.team()) for name in ("owner", "added_by")}
    return Action.objects.create(meeting=given.pop("meeting", None) or meeting(), **who, **given)


def matter(**values: Any) -> Matter:
    given = {"kind": MatterKind.THEME, "text": "Younger boys", "recorded_at": factories.NOON, **values}
    by = given.pop("recorded_by", None) or factories.user()
    return Matter.objects.create(meeting=given.pop("meeting", None) or meeting(), recorded_by=by, **given)


def escalation(**values: Any) -> Escalation:
    given = {"what": "Health has not come", "evidence": "Twice", "proposed_on": LAST_MONTH, **values}
    return Escalation.objects.create(committee=given.pop("committee", None) or committee(), **given)


def concern(**values: Any) -> Concern:
    given = {"kind": ConcernKind.LOCATION, "title": "Market Street arcade", "tabled_on": LAST_MONTH, **values}
    of = given.pop("tabled_at", None) or meeting()
    made = Concern.objects.create(tabled_at=of, **given)
    by = factories.user()
    ConcernNote.objects.create(concern=made, meeting=of, text="Seen", recorded_by=by, recorded_at=factories.NOON)
    return made


def listed(known_to: Team, **values: Any) -> Child:
    """A child whom CMOG lists."""
    child = factories.child(added_by_team=factories.team(), **values)
    factories.let_know(child, known_to, kind=GrantKind.CMOG)
    factories.involvement(child=child, cmog_listed_at=factories.NOON)
    return child


def discussion(**values: Any) -> Discussion:
    given = {"said": "At risk in the park", "decided": Decided.STAYS, "recorded_at": factories.NOON, **values}
    by = given.pop("recorded_by", None) or factories.user()
    return Discussion.objects.create(meeting=given.pop("meeting", None) or meeting(), recorded_by=by, **given)


def update(**values: Any) -> MonthlyUpdate:
    given = {"month": date(2026, 10, 1), "themes": "Younger boys", "changed_at": factories.NOON, **values}
    return MonthlyUpdate.objects.create(drafted_by=given.pop("drafted_by", None) or factories.user(), **given)


def review(**values: Any) -> Review:
    given = {
        "kind": ReviewKind.CASE_AUDIT,
        "title": "Ten records",
        "looked_at": "Ten",
        "began_on": LAST_MONTH,
        **values,
    }
    return Review.objects.create(added_by=given.pop("added_by", None) or factories.user(), **given)


def finding(**values: Any) -> Finding:
    of = values.pop("review", None) or review()
    return Finding.objects.create(review=of, **{"number": of.findings.count() + 1, "text": "No plan", **values})


def agency_of(user: User) -> Agency:
    assert user.team
    return user.team.agency
