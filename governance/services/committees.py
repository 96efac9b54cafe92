"""What is done to a committee, its terms of reference and its seats (strategy §8, domain.md 23)."""

from datetime import date, datetime

from accounts.gate import command
from accounts.models import Agency, User
from accounts.refusals import Changed, NotNow
from accounts.roles import Permission
from frontend.text import local_day
from governance import clocks
from governance.models import Committee, Member, Terms
from governance.rules import Body
from governance.services.common import must_keep

KEEP = Permission.COMMITTEE_KEEP
COMMITTEE = ("name", "meets_every_months")


@command(KEEP)
def begin_committee(
    *, by: User, at: datetime, body: Body, name: str, meets_every_months: int, text: str, review_by: date
) -> Committee:
    """Enter the committee with its first terms of reference. Raises NotNow."""
    committee = Committee(body=body, name=name, meets_every_months=meets_every_months, review_by=review_by)
    must_keep(by, committee, at=at)
    if Committee.objects.filter(body=body).exists():
        raise NotNow("This committee has already been entered")
    committee.full_clean()
    committee.save()
    _publish(committee, text, "", by=by, at=at)
    return committee


@command(KEEP, on="committee")
def change_committee(
    *, by: User, at: datetime, committee: Committee, version: int, name: str, meets_every_months: int
) -> Committee:
    """How it is called today, and how often it meets. Raises Changed."""
    must_keep(by, committee, at=at)
    if committee.version != version:
        raise Changed(committee)
    committee.name, committee.meets_every_months, committee.version = name, meets_every_months, version + 1
    committee.full_clean()
    committee.save(update_fields=["name", "meets_every_months", "version"])
    return committee


@command(KEEP, on="committee")
def publish_terms(
    *, by: User, at: datetime, committee: Committee, text: str, what_changed: str, review_by: date
) -> Committee:
    """What it is for from now on; that it was written anew is a review of it."""
    must_keep(by, committee, at=at)
    _publish(committee, text, what_changed, by=by, at=at)
    return _reviewed(committee, review_by, at)


@command(KEEP, on="committee")
def review_terms(*, by: User, at: datetime, committee: Committee, review_by: date) -> Committee:
    """Terms of reference and membership still hold; they are looked at again by `review_by`. Raises NotNow."""
    must_keep(by, committee, at=at)
    return _reviewed(committee, review_by, at)


@command(KEEP, on="committee")
def seat_member(
    *,
    by: User,
    at: datetime,
    committee: Committee,
    agency: Agency,
    name: str,
    person: User | None,
    deputy: str,
    is_chair: bool,
    since_on: date,
) -> Member:
    """Give somebody a seat. A new chair takes the place of the former one, who keeps the seat. Raises NotNow."""
    must_keep(by, committee, at=at)
    if committee.members.filter(agency=agency, name=name, until_on=None).exists():
        raise NotNow("This person already has a seat for this agency")
    if is_chair:
        committee.members.filter(is_chair=True, until_on=None).update(is_chair=False)
    member = Member(
        committee=committee,
        agency=agency,
        name=name,
        person=person,
        deputy=deputy,
        is_chair=is_chair,
        since_on=since_on,
    )
    member.full_clean(exclude=["committee", "agency", "person"])
    member.save()
    clocks.keep_committees([committee], at=at)
    return member


@command(KEEP, on="member", related=("committee",))
def name_deputy(*, by: User, at: datetime, member: Member, deputy: str) -> Member:
    """Say who comes in this person's place; nobody where it is left empty."""
    must_keep(by, member.committee, at=at)
    member.deputy = deputy
    member.save(update_fields=["deputy"])
    return member


@command(KEEP, on="member", related=("committee",))
def unseat_member(*, by: User, at: datetime, member: Member, until_on: date) -> Member:
    """The seat is given up; how this person came stays in the register. Raises NotNow."""
    must_keep(by, member.committee, at=at)
    if member.until_on:
        raise NotNow("This seat has already been given up")
    if until_on < member.since_on:
        raise NotNow("The last day must be the same as or after the first day")
    member.until_on = until_on
    member.save(update_fields=["until_on"])
    clocks.keep_committees([member.committee], at=at)
    return member


def _publish(committee: Committee, text: str, what_changed: str, *, by: User, at: datetime) -> None:
    number = committee.terms.count() + 1
    Terms.objects.create(
        committee=committee, number=number, text=text, what_changed=what_changed, published_by=by, published_at=at
    )


def _reviewed(committee: Committee, review_by: date, at: datetime) -> Committee:
    if review_by <= local_day(at):
        raise NotNow("The day of the next review must be in the future")
    clocks.terms_reviewed(committee, at=at)
    committee.review_by = review_by
    committee.save(update_fields=["review_by"])
    clocks.keep_committees([committee], at=at)
    return committee
