"""The prevention registers after a year, by the commands that their people use: courses, and whom they reached."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from accounts import policy
from accounts.models import Agency, AgencyKind, User
from accounts.roles import Role
from cse.demo import registers
from cse.demo.delivery import one
from cse.demo.names import ADULT_GIVEN_NAMES
from cse.demo.partnership import RESERVED_DOMAIN
from deadlines.rules import add_months
from frontend.text import local_day
from prevention import services
from prevention.models import Course, EarlyHelp
from prevention.rules import HelpOutcome, ListRow, Subject, WorkRole
from referrals.models import Referral
from referrals.rules import Outcome

FAMILIES = ("Abbot", "Bains", "Clifton", "Dudley", "Everall", "Fellows", "Griffin", "Hadley", "Instone", "Jukes")
ROLES: Mapping[str, tuple[WorkRole, int]] = {
    AgencyKind.LOCAL_AUTHORITY: (WorkRole.SOCIAL_WORKER, 30),
    AgencyKind.POLICE: (WorkRole.POLICE, 24),
    AgencyKind.HEALTH: (WorkRole.HEALTH, 18),
    AgencyKind.SCHOOL: (WorkRole.SCHOOL, 16),
    AgencyKind.RESIDENTIAL: (WorkRole.RESIDENTIAL, 12),
    AgencyKind.FOSTERING: (WorkRole.FOSTER_CARER, 15),
    AgencyKind.CHARITY: (WorkRole.YOUTH_WORKER, 8),
    AgencyKind.YOUTH_JUSTICE: (WorkRole.YOUTH_JUSTICE, 9),
}
COURSES = (
    ("Signs of exploitation, and what to do", (Subject.SAFEGUARDING, Subject.FORMS), True, 24),
    ("Submitting intelligence", (Subject.INTELLIGENCE, Subject.OFFENCES), True, 36),
    ("The screening form, for one team", (Subject.FORMS,), False, None),
)
ENDS = (
    (HelpOutcome.NEEDS_MET, "School and home are calm, and there is somebody to talk to."),
    (HelpOutcome.NEEDS_MET, "The family has what it asked for."),
    (HelpOutcome.STEPPED_UP, "New worries: the case went to social care."),
    (HelpOutcome.DECLINED, "The family did not want it. The school keeps an eye open."),
)
MOST_HELPED = 300
"""Each by three commands: of a hundred thousand children that would take longer than all that is written in bulk."""
HELD_MONTHS_AGO = (23, 14, 9, 4, 1)
"""Of the first course; who came 23 months ago is to come again soon."""


def tell(now: datetime) -> None:
    """Fill the registers, unless they hold something."""
    if Course.objects.exists():
        return
    keeper = one(Role.SEMT_CHAIR)
    agencies = list(Agency.objects.filter(kind__in=ROLES).order_by("name"))
    _count(keeper, agencies, now)
    courses = [_course(keeper, now, *each) for each in COURSES]
    people = list(_people(agencies))
    for place, months in enumerate(HELD_MONTHS_AGO):
        _hold(keeper, courses[0], months, people[place :: len(HELD_MONTHS_AGO)], now)
    _hold(keeper, courses[1], 6, people[::7], now)
    registers.tell(keeper, now)
    _help(agencies, now)


def _course(
    keeper: User, at: datetime, title: str, subjects: Sequence[Subject], multi_agency: bool, months: int | None
) -> Course:
    given: dict[str, Any] = {"title": title, "subjects": list(subjects), "multi_agency": multi_agency}
    return services.add_course(by=keeper, at=at, valid_months=months, **given)


def _help(agencies: Sequence[Agency], now: datetime) -> None:
    """What became of the children for whom MASH decided on early help: begun after a week, ended after two months."""
    decided = Referral.objects.filter(outcome=Outcome.EARLY_HELP).exclude(decided_at=None).select_related("accepted_by")
    last = list(decided.order_by("-decided_at", "-pk")[:MOST_HELPED])
    for number, referral in enumerate(reversed(last)):
        officer, on = cast(User, referral.accepted_by), local_day(cast(datetime, referral.decided_at))
        if not policy.visible(officer, Referral).filter(pk=referral.pk).exists():
            continue  # the record has been restricted since
        help = services.step_to_early_help(by=officer, at=cast(datetime, referral.decided_at), referral=referral)
        begun_on, ended_on = on + timedelta(days=7), on + timedelta(days=60)
        if begun_on > local_day(now) or not policy.visible(officer, EarlyHelp).filter(pk=help.pk).exists():
            continue
        agency = agencies[number % len(agencies)]
        services.begin_help(by=officer, at=now, help=help, agency=agency, service=None, begun_on=begun_on)
        if ended_on <= local_day(now) and number % 5:
            outcome, reason = ENDS[number % len(ENDS)]
            given: dict[str, Any] = {"outcome": outcome, "outcome_reason": reason, "ended_on": ended_on}
            services.end_help(by=officer, at=now, help=help, **given)


def _count(keeper: User, agencies: list[Agency], now: datetime) -> None:
    counted_on = add_months(local_day(now), -30)
    for agency in agencies:
        role, people = ROLES[agency.kind]
        services.count_staff(by=keeper, at=now, agency=agency, role=role, counted_on=counted_on, people=people)


def _people(agencies: list[Agency]) -> Iterator[ListRow]:
    """Two of three of those who work there."""
    number = 0
    for agency in agencies:
        role, people = ROLES[agency.kind]
        for _ in range(2 * people // 3):
            number += 1
            given = ADULT_GIVEN_NAMES[number % len(ADULT_GIVEN_NAMES)]
            name = f"{given} {FAMILIES[number // len(ADULT_GIVEN_NAMES) % len(FAMILIES)]}"
            reference = f"{name.lower().replace(' ', '.')}.{number}@{RESERVED_DOMAIN}"
            yield ListRow(number, name, reference, agency.name, str(role.label))


def _hold(keeper: User, course: Course, months: int, people: list[ListRow], now: datetime) -> None:
    held_on = add_months(local_day(now), -months)
    at = now - timedelta(days=30 * months - 1)
    where: dict[str, Any] = {"held_on": held_on, "agency": None, "place": "Civic Centre"}
    session = services.add_session(by=keeper, at=at, course=course, **where)
    proposed = services.propose_list(by=keeper, at=at, session=session, rows=people)
    services.apply_list(by=keeper, at=at, training_list=proposed)
