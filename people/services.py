"""Adding and correcting a child's record, matching two records of one child, and the case that is open on it."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import partial
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction

from accounts.gate import command
from accounts.models import Team, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from accounts.selectors import mash_team
from accounts.services import let_person_know, let_team_know
from people import rules, selectors
from people.models import Child, Involvement


class InvalidDetails(Refusal):
    """What was given cannot be true of a child."""


class NotYourTeam(Refusal):
    """Only the author's own team comes to know the child by adding it."""


class PossibleDuplicates(Refusal):
    """Records that the author may see look like this child; `matches` are to be shown before it is added."""

    def __init__(self, matches: list[selectors.Match]) -> None:
        super().__init__("This child may already be recorded. Look at the possible duplicates first")
        self.matches = matches


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


class CannotMatch(Refusal):
    """These two records cannot be recorded as one child."""


class CaseAlreadyOpen(Refusal):
    """One child, one open case."""


class CaseClosed(Refusal):
    """The case was closed in the meantime."""


class CannotHoldCase(Refusal):
    """This person's role does not let them read children's records."""


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
    # One team's additions wait for each other, or a form sent twice at once would make two records.
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
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
    given_name: str = "",
    family_name: str = "",
    date_of_birth: date | None = None,
    **details: Unpack[Details],
) -> Child:
    """Add a child of whom little is known, for MASH to match; the author's team comes to know it."""
    _own_team(by, team)
    values: Changes = {"given_name": given_name, "family_name": family_name, "date_of_birth": date_of_birth, **details}
    child = Child(added_by_team=team, added_at=at, provisional=True)
    return _added(_filled_in(child, values, at=at), team, by=by, at=at)


@command(Permission.REFERRAL_MAKE_PUBLICLY)
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
    before, was_named = child.particulars, child.is_named
    _filled_in(child, changes, at=at)
    if was_named and not child.is_named:
        raise InvalidDetails("Enter the child's first name, last name and date of birth")
    if child.particulars != before:
        _compare_again(child, by=by)
    child.version += 1
    return _saved(child)


@command(Permission.CHILD_MATCH, on="provisional")
def match(*, by: User, at: datetime, provisional: Child, existing: Child) -> Child:
    """Record that both are records of one child. Neither is changed otherwise, and no one comes to see more.

    Not even the version counts up: whoever holds only one of the records must not notice. Where `existing` is itself
    matched, the record it was matched with is meant. Undone by `unmatch` (domain.md 20).
    """
    existing = _locked_at_once(existing.same_as_id or existing.pk)
    if provisional.same_as_id:
        raise CannotMatch("This record has already been matched. Undo that first")
    if existing.pk == provisional.pk:
        raise CannotMatch("A record cannot be matched with itself")
    if existing.same_as_id or provisional.also_recorded_as.exists():
        raise CannotMatch(
            "Another record is already matched with this one. Match the other way round, or undo that first"
        )
    provisional.same_as = existing
    provisional.save(update_fields=["same_as"])
    return provisional


@command(Permission.CHILD_MATCH, on="provisional")
def unmatch(*, by: User, at: datetime, provisional: Child) -> Child:
    """Undo a match: the record stands as it did before."""
    if provisional.same_as_id is None:
        raise CannotMatch("This record is not matched with another")
    provisional.same_as = None
    provisional.save(update_fields=["same_as"])
    return provisional


@command(Permission.CHILD_MATCH, on="provisional")
def match_none(*, by: User, at: datetime, provisional: Child) -> Child:
    """None of the records we hold is about this child: the record is no longer provisional."""
    if provisional.same_as_id:
        raise CannotMatch("This record has already been matched. Undo that first")
    if not provisional.is_named:
        raise CannotMatch("Add the child's first name, last name and date of birth first")
    provisional.provisional = False
    if _saved(provisional).provisional:
        raise CannotMatch("Another record has this NHS number or unique pupil number. Correct one of them first")
    return provisional


@command(Permission.CASE_CHANGE, on="child")
def open_case(
    *, by: User, at: datetime, child: Child, team: Team, key_worker: User | None = None, coordinator: User | None = None
) -> Involvement:
    """Open the child's case; its team, key worker and co-ordinator come to know the child."""
    if selectors.case_of(child):
        raise CaseAlreadyOpen("This child already has an open case")
    let_team_know(child, team, kind="case", reason="The team holds the case", by=by, at=at)
    for holder, role in ((key_worker, "key worker"), (coordinator, "co-ordinator")):
        if holder:
            _let_hold(child, holder, role, by=by, at=at)
    return Involvement.objects.create(
        child=child, opened_at=at, team=team, key_worker=key_worker, coordinator=coordinator
    )


@command(Permission.CASE_CHANGE, on="case")
def name_key_worker(*, by: User, at: datetime, case: Involvement, key_worker: User) -> Involvement:
    """Name another key worker, who comes to know the child; the former one's own sight ends."""
    _still_open(case)
    former = case.key_worker
    case.key_worker = key_worker
    case.save(update_fields=["key_worker"])
    if former and former not in (key_worker, case.coordinator):
        _end_sight(case.child, former, by=by, at=at)
    _let_hold(case.child, key_worker, "key worker", by=by, at=at)
    return case


@command(Permission.CASE_CHANGE, on="case")
def close_case(*, by: User, at: datetime, case: Involvement) -> Involvement:
    """Close the case. Its people's own sight ends with it; the team's remains."""
    _still_open(case)
    case.closed_at = at
    case.save(update_fields=["closed_at"])
    for holder in filter(None, {case.key_worker, case.coordinator}):
        _end_sight(case.child, holder, by=by, at=at)
    return case


def list_at_cmog(child: Child, at: datetime) -> Involvement | None:
    """Put the child's open case on the CMOG list, where it stays with its first date (domain.md 6, 22).

    None where no case is open. Called by the commands of higher rooms, inside their transaction.
    """
    case = Involvement.objects.select_for_update().filter(child=child, closed_at=None).first()
    if case and case.cmog_listed_at is None:
        case.cmog_listed_at = at
        case.save(update_fields=["cmog_listed_at"])
    return case


def _locked_at_once(pk: int) -> Child:
    """The record, locked without waiting: two officers who match crosswise would wait for each other for ever."""
    try:
        with transaction.atomic():
            return Child.objects.select_for_update(nowait=True).get(pk=pk)
    except OperationalError:
        raise CannotMatch("Somebody else is working on the other record at this moment. Try again") from None


def _own_team(by: User, team: Team) -> None:
    if team.pk not in by.team_ids:
        raise NotYourTeam("You can only add a child for your own team")


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
    problem = born and rules.birth_date_problem(born, selectors.local_day(child.added_at))
    if problem:
        raise InvalidDetails(problem)


def _added(child: Child, team: Team, *, by: User, at: datetime) -> Child:
    child = _saved(child)
    let_team_know(child, team, kind="author", reason="The team added the record", by=by, at=at)
    return child


def _saved(child: Child) -> Child:
    """Saved as it is, or as provisional where a record that others hold already has its identifier.

    Two teams may add one child in the same second: the unique constraints decide, and MASH matches.
    """
    try:
        with transaction.atomic():
            child.save()
    except IntegrityError as clash:
        if child.provisional or "_once" not in str(clash):
            raise
        child.provisional = True
        child.save()
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


def _still_open(case: Involvement) -> None:
    if not case.is_open:
        raise CaseClosed("This case has been closed")


def _let_hold(child: Child, holder: User, role: str, *, by: User, at: datetime) -> None:
    if Permission.CHILD_VIEW not in holder.permissions:
        raise CannotHoldCase(f"{holder} cannot hold a case: their role does not let them read children's records")
    let_person_know(child, holder, kind="case", reason=f"Named as {role}", by=by, at=at)


def _end_sight(child: Child, holder: User, *, by: User, at: datetime) -> None:
    """The personal grant runs out now; what the person sees through a team stays."""
    let_person_know(child, holder, kind="case", reason="No longer holds the case", by=by, at=at, until=at)
