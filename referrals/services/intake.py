"""How a concern reaches MASH: from a professional, from somebody without an account, from a screening."""

from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

import deadlines.services
import people.rules
import people.selectors
import people.services
from accounts import selectors as people_and_teams
from accounts.gate import command
from accounts.models import GrantKind, Team, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from accounts.services import let_team_know
from audit.acting import Beyond, beyond
from deadlines.rules import Kind
from frontend import stored
from people.models import Child
from referrals import selectors, steps
from referrals.models import GradeChange, Referral, Route
from referrals.rules import GRADE_CLOCKS, Grade
from riskassessment.models import AbuseModel, Screening
from riskassessment.rules import Level

# Without the letters and digits that are mistaken for one another when read out.
_REFERENCE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # pragma: allowlist secret


class AlreadySent(Refusal):
    """This very form has been sent before; `referral` is what it made."""

    def __init__(self, referral: Referral) -> None:
        super().__init__(f"This referral has already been sent. Its reference is {referral.reference}.")
        self.referral = referral


class Adult(Refusal):
    """MASH is for children; `selectors.is_adult` says beforehand to whom this applies."""


class Told(TypedDict):
    """What somebody without an account told us."""

    concern: str
    immediate_danger: bool
    danger_details: str
    referrer_relationship: str
    referrer_name: str
    referrer_contact: str
    safe_contact: str
    told_name: str
    told_age: str
    told_place: str


@command(Permission.REFERRAL_MAKE, on="child")
def make(
    *,
    by: User,
    at: datetime,
    child: Child,
    token: UUID,
    concern: str,
    immediate_danger: bool,
    danger_details: str,
    trafficking_indicated: bool,
    child_informed: bool | None,
    parents_informed: bool | None,
) -> Referral:
    """Refer a child to MASH, which comes to know the child. `token` is the form's own: raises AlreadySent, Adult."""
    _must_be_new(token)
    if selectors.is_adult(child, at=at):
        raise Adult("This person is 18 or over. Use the adult safeguarding pathway.")
    referral = Referral(
        child=child,
        route=Route.PROFESSIONAL,
        origin_team=by.team,
        token=token,
        concern=concern,
        immediate_danger=immediate_danger,
        danger_details=danger_details,
        trafficking_indicated=trafficking_indicated,
        child_informed=child_informed,
        parents_informed=parents_informed,
    )
    mash = people_and_teams.mash_team()
    _received(referral, mash, by=by, at=at)
    let_team_know(child, mash, kind=GrantKind.REFERRAL, reason=f"Referral {referral.reference}", by=by, at=at)
    return referral


@command(Permission.REFERRAL_MAKE_PUBLICLY)
@beyond(Beyond.PUBLIC_CONCERN)
def make_publicly(*, by: User, at: datetime, token: UUID, **told: Unpack[Told]) -> Referral:
    """Take in what somebody without an account told us, about a child who is recorded provisionally.

    Nothing that was said is refused: a name that cannot be one stays in `told_name` alone. Of a form sent twice at the
    same moment the database lets one through; the other raises AlreadySent.
    """
    _must_be_new(token)
    try:
        with transaction.atomic():
            given_name, family_name = _names(told["told_name"])
            child = people.services.register_publicly(by=by, at=at, given_name=given_name, family_name=family_name)
            reference = get_random_string(8, _REFERENCE_SIGNS)
            referral = Referral(
                child=child,
                route=Route.PUBLIC,
                token=token,
                public_reference=f"{reference[:4]}-{reference[4:]}",
                **told,
            )
            return _received(referral, child.added_by_team, by=by, at=at)
    except IntegrityError:
        _must_be_new(token)
        raise


@command(Permission.SCREENING_FILL_IN, on="screening")
def receive_screening(*, by: User, at: datetime, screening: Screening, mash: Team) -> Referral:
    """A submitted screening becomes a referral; riskassessment says which ones come here (domain.md 5, 6).

    MASH knows the child since the submission.
    """
    level = Level(screening.effective_level or 0).label
    said = [f"Screening {screening.reference} was submitted. Level: {level}.", screening.suggested_because]
    referral = Referral(
        child=screening.child,
        route=Route.SCREENING,
        screening=screening,
        origin_team=screening.author_team,
        concern="\n\n".join(text for text in said if text),
        immediate_danger=bool(screening.immediate_danger),
        danger_details=screening.danger_details,
        trafficking_indicated=AbuseModel.ORGANISED in screening.abuse_models,
    )
    return _received(referral, mash, by=by, at=at)


def _must_be_new(token: UUID) -> None:
    earlier = Referral.objects.filter(token=token).first()
    if earlier:
        raise AlreadySent(earlier)


def _names(told: str) -> tuple[str, str]:
    """First and last name where what was told can be names; otherwise none."""
    first, _, last = " ".join(told.split()).partition(" ")
    try:
        return people.rules.clean_name(first)[:80], people.rules.clean_name(last)[:80]
    except ValueError:
        return "", ""


def _received(referral: Referral, mash: Team, *, by: User, at: datetime) -> Referral:
    """The referral stands in MASH's queue and its clock runs; immediate danger is RED at once (domain.md 5, 18)."""
    referral.handling_team, referral.made_by, referral.received_at = mash, by, at
    referral.grade = Grade.RED if referral.immediate_danger else Grade.UNGRADED
    stored.insert(referral)
    _start_clock(Kind.MASH_DECISION, referral)
    if referral.immediate_danger:
        reason = "Somebody said that the child is in immediate danger."
        GradeChange.objects.create(referral=referral, grade=Grade.RED, reason=reason, by=by, at=at)
        _start_clock(GRADE_CLOCKS[Grade.RED], referral)
        deadlines.services.notify(
            steps.officers(referral, but=by),
            key=f"referral-red:{referral.pk}",
            text=f"{referral.reference} is RED: immediate danger",
            path=f"/mash/{referral.pk}/",
            at=at,
            urgent=True,
        )
    return referral


def _start_clock(kind: Kind, referral: Referral) -> None:
    deadlines.services.start(
        kind,
        subject=referral,
        child=referral.child,
        started_at=referral.received_at,
        owner_team=referral.handling_team,
    )
