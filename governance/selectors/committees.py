"""Committees: who keeps, chairs and reads them, what they are for, who sits in them."""

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Permission
from governance.models import Committee, Member, Terms
from governance.rules import CHAIRED_BY, KEPT_FROM_CMOG, SECRETARY, Body


def committee_of(body: Body) -> Committee | None:
    return Committee.objects.filter(body=body).first()


def committees(user: User) -> list[Committee]:
    """Those that there are and that this person may read, the board first."""
    order = list(Body)
    found = [each for each in Committee.objects.all() if reads(user, each.body)]
    return sorted(found, key=lambda each: order.index(Body(each.body)))


def reads(user: User, body: str) -> bool:
    if Permission.COMMITTEE_VIEW not in user.permissions:
        return False
    return body != Body.CMOG or not KEPT_FROM_CMOG.issuperset(user.roles)


def chairs(user: User, body: str) -> bool:
    """Whether this person agrees the committee's minutes, and decides what is raised with the board."""
    return Permission.COMMITTEE_CHAIR in user.permissions and CHAIRED_BY[body] in user.roles


def keeps(user: User, body: str) -> bool:
    """Whether this person calls the committee's meetings and writes its minutes: its chair, or the secretary of all."""
    if Permission.COMMITTEE_KEEP not in user.permissions:
        return False
    return SECRETARY in user.roles or CHAIRED_BY[body] in user.roles


def sits(user: User, committee: Committee) -> bool:
    """Whether this person may propose what is talked about."""
    return keeps(user, committee.body) or committee.members.filter(person=user, until_on=None).exists()


def terms_of(committee: Committee) -> list[Terms]:
    """Every version, the newest first."""
    return list(committee.terms.select_related("published_by").order_by("-number"))


def members(committee: Committee, *, on: date | None = None) -> QuerySet[Member]:
    """Who sits in it, or sat on a day; the chair first, then by agency."""
    rows = committee.members.select_related("agency", "person__team")
    rows = rows.filter(until_on=None) if on is None else rows.filter(since_on__lte=on).exclude(until_on__lt=on)
    return rows.order_by("-is_chair", "agency__name", "name", "pk")


def chair_of(committee: Committee) -> Member | None:
    return members(committee).filter(is_chair=True).first()
