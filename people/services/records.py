"""Adding and correcting a child's record."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import partial
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.gate import command
from accounts.models import GrantKind, Team, TeamKind, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from accounts.selectors import mash_team
from accounts.services import let_team_know
from audit.acting import Beyond, beyond
from frontend.stored import next_key
from frontend.text import local_day
from people import rules, selectors
from people.models import Child


class InvalidDetails(Refusal):
    """What was given cannot be true of a child."""


class NotYourTeam(Refusal):
    """Only the author's own team comes to know the child by adding it."""


class PossibleDuplicates(Refusal):
    """Records that the author may see look like this child; `matches` are to be shown before it is added."""

    def __init__(self, matches: list[selectors.Match]) -> None:
        super().__init__("This child may already be recorded. Look at the possible duplicates first")
        self.matches = matches


class AlreadyAdded(Refusal):
    """The same form was sent before; `child` is what it made."""

    def __init__(self, child: Child) -> None:
        super().__init__("This has already been added")
        self.child = child


class NumberHeld(Refusal):
    """A record that the author may see has the same NHS number or unique pupil number."""

    def __init__(self, match: selectors.Match) -> None:
        super().__init__(
            f"{match.reasons[0]} as {match.name} ({match.reference}). "
            "Two children cannot share it: leave it out here, or correct it there first"
        )


class Stale(Refusal):
    """Somebody saved the record since this page was opened: `theirs` is what is saved, `yours` what was refused."""

    def __init__(self, *, theirs: Child, yours: "Changes") -> None:
        super().__init__("Somebody else changed this record while you were working on it. Nothing of yours was saved")
        self.theirs, self.yours = theirs, yours


class Details(TypedDict, total=False):
    """What may be known of a child beside name and date of birth."""

    aliases: list[str]
    sex: str
    ethnicity: str
    nhs_number: str | None
    upn: str | None
    learning_disability: bool | None
    looked_after: str
    responsible_authority: str
    host_authority: str
    address: str
    postcode: str
    ward: str
    school: str
    phone: str
    notes: str


class Changes(Details, total=False):
    """What a correction may change."""

    given_name: str
    family_name: str
    date_of_birth: date | None


@command(Permission.CHILD_REGISTER)
def register(
    *,
    by: User,
    at: datetime,
    team: Team,
    given_name: str,
    family_name: str,
    date_of_birth: date,
    known_to_differ: Collection[int] = (),
    **details: Unpack[Details],
) -> Child:
    """Add a named and dated child; the author's team comes to know it.

    Near matches that the author may see are refused as PossibleDuplicates until they are all in `known_to_differ`;
    a number that one of them has is refused as NumberHeld. A match that the author may not see makes the record
    provisional, and nothing tells the author so: MASH matches it (domain.md 20).
    """
    _own_team(by, team)
    _one_at_a_time(team)
    values: Changes = {"given_name": given_name, "family_name": family_name, "date_of_birth": date_of_birth, **details}
    child = _filled_in(Child(added_by_team=team, added_at=at), values, at=at)
    if not child.is_named:
        raise InvalidDetails("Enter the child's first name, last name and date of birth")
    alike = selectors.near_matches(child.particulars, visible_to=by)
    if new := [match for match in alike if match.pk not in known_to_differ]:
        raise PossibleDuplicates(new)
    _refuse_held_number(alike)
    child.provisional = selectors.unseen_match(by, child.particulars)
    return _added(child, team, by=by, at=at)


@command(Permission.CHILD_REGISTER)
def register_provisional(
    *,
    by: User,
    at: datetime,
    team: Team,
    token: UUID | None = None,
    given_name: str = "",
    family_name: str = "",
    date_of_birth: date | None = None,
    **details: Unpack[Details],
) -> Child:
    """Add a child of whom little is known, for MASH to match; the author's team comes to know it.

    Nothing tells two such records apart or takes them for one, so `token` is the form's own: raises AlreadyAdded.
    """
    _own_team(by, team)
    _one_at_a_time(team)
    if token and (earlier := Child.objects.filter(token=token).first()):
        raise AlreadyAdded(earlier)
    values: Changes = {"given_name": given_name, "family_name": family_name, "date_of_birth": date_of_birth, **details}
    child = Child(added_by_team=team, added_at=at, provisional=True, token=token)
    return _added(_filled_in(child, values, at=at), team, by=by, at=at)


@command(Permission.REFERRAL_MAKE_PUBLICLY)
@beyond(Beyond.PUBLIC_CONCERN)
def register_publicly(
    *,
    by: User,
    at: datetime,
    given_name: str = "",
    family_name: str = "",
    date_of_birth: date | None = None,
    **details: Unpack[Details],
) -> Child:
    """The same for somebody without an account, whom the public actor stands for: MASH alone comes to know it.

    A command of its own, so that the public actor needs no permission to register.
    """
    values: Changes = {"given_name": given_name, "family_name": family_name, "date_of_birth": date_of_birth, **details}
    mash = mash_team()
    child = Child(added_by_team=mash, added_at=at, provisional=True)
    return _added(_filled_in(child, values, at=at), mash, by=by, at=at)


@command(Permission.CHILD_CORRECT, on="child")
def correct(*, by: User, at: datetime, child: Child, version: int, **changes: Unpack[Changes]) -> Child:
    """Change what is recorded of the child. `version` is the one the author saw: a newer one is never overwritten.

    Raises Stale, InvalidDetails and NumberHeld.
    """
    if child.version != version:
        raise Stale(theirs=child, yours=changes)
    if not rules.WHERE_THEY_LIVE.isdisjoint(changes) and not selectors.sees_address(by, child):
        raise InvalidDetails("You do not see where this child lives, so you cannot correct it")
    before, was_named = child.particulars, child.is_named
    _filled_in(child, changes, at=at)
    if was_named and not child.is_named:
        raise InvalidDetails("Enter the child's first name, last name and date of birth")
    if child.particulars != before:
        _compare_again(child, by=by)
    child.version += 1
    child = saved(child)
    _ask_for_a_match(child, by=by, at=at)
    return child


def _own_team(by: User, team: Team) -> None:
    if team.pk not in by.team_ids:
        raise NotYourTeam("You can only add a child for your own team")


def _one_at_a_time(team: Team) -> None:
    """One team's additions wait for each other, or a form sent twice at once would make two records."""
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)


def _filled_in(child: Child, values: Changes, *, at: datetime) -> Child:
    """The values set on the child in their clean form; what was not given is left alone. Raises InvalidDetails."""
    for name, value in values.items():
        setattr(child, name, _CLEANED[name](value) if name in _CLEANED else value)
    if "date_of_birth" in values:
        _believable_birth(child, at=at)
    try:
        child.full_clean(exclude=["added_by_team", "same_as"], validate_unique=False, validate_constraints=False)
    except ValidationError as problem:
        raise InvalidDetails(" ".join(problem.messages)) from None
    return child


def _clean_name(name: str, noun: str) -> str:
    try:
        return rules.clean_name(name)
    except ValueError as problem:
        raise InvalidDetails(f"{noun} {problem}") from None


def _clean_number(clean: Callable[[str], str], number: str | None) -> str | None:
    try:
        return clean(number) if number else None
    except ValueError as problem:
        raise InvalidDetails(str(problem)) from None


_CLEANED: dict[str, Callable[[Any], object]] = {
    "given_name": partial(_clean_name, noun="First name"),
    "family_name": partial(_clean_name, noun="Last name"),
    "aliases": lambda names: [name for alias in names if (name := _clean_name(alias, "Other name"))],
    "nhs_number": partial(_clean_number, rules.clean_nhs_number),
    "upn": partial(_clean_number, rules.clean_upn),
}


def _believable_birth(child: Child, *, at: datetime) -> None:
    """A child when added, which may be years ago: an adult's record can still be corrected (domain.md 8)."""
    born = child.date_of_birth
    problem = born and rules.birth_date_problem(born, local_day(child.added_at))
    if problem:
        raise InvalidDetails(problem)


def _added(child: Child, team: Team, *, by: User, at: datetime) -> Child:
    """The grant comes first: the database lets nobody write what they may not see."""
    child.pk = next_key(Child)
    let_team_know(child, team, kind=GrantKind.AUTHOR, reason="The team added the record", by=by, at=at)
    child = saved(child)
    _ask_for_a_match(child, by=by, at=at)
    return child


def _ask_for_a_match(child: Child, *, by: User, at: datetime) -> None:
    """MASH comes to know a provisional record, as soon as there is a MASH; the author is not told (domain.md 20)."""
    if child.provisional:
        for team in Team.objects.filter(kind=TeamKind.MASH):
            let_team_know(child, team, kind=GrantKind.MATCH, reason="The record waits to be matched", by=by, at=at)


def saved(child: Child) -> Child:
    """Saved as it is, or as provisional where a record that others hold already has its identifier.

    Two teams may add one child in the same second: the unique constraints decide, and MASH matches.
    """
    new = child._state.adding
    try:
        with transaction.atomic():
            child.save(force_insert=new)
    except IntegrityError as clash:
        if child.provisional or "_once" not in str(clash):
            raise
        child.provisional = True
        child.save(force_insert=new)
    return child


def _compare_again(child: Child, *, by: User) -> None:
    """After a change of what identifies the child: refuse an identifier seen elsewhere, leave the unseen to MASH.

    Whether the record is provisional makes no difference: it would tell the author of a record they may not see.
    """
    others = {child.pk, *selectors.same_pks(child)}
    _refuse_held_number(selectors.near_matches(child.particulars, visible_to=by, apart_from=others))
    if selectors.unseen_match(by, child.particulars, apart_from=others):
        child.provisional = True


def _refuse_held_number(alike: list[selectors.Match]) -> None:
    for match in alike:
        if match.identical:
            raise NumberHeld(match)
