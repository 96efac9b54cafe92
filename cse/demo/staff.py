"""The partnership's agencies, teams and users in the database, and who is at hand for which task."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from django.contrib.auth.models import Group

from accounts.models import Agency, AgencyKind, Team, TeamKind, User
from accounts.roles import GRANTS, Permission, Role
from cse.demo import partnership
from cse.demo.partnership import AGENCIES, CARDS, COUNCIL, PEOPLE, TEAM_KINDS, TEAM_OF_ROLE, DemoPerson

NO_PASSWORD = "!demonstration"  # noqa: S105 - an unusable one: nobody signs in with it
_CARDED = frozenset(person.name for person in CARDS)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A user as the histories need them."""

    pk: int
    team_id: int
    agency: str
    team: str
    roles: frozenset[str]
    name: str


class Staff:
    """Everybody, found by what they do."""

    def __init__(
        self, people: Iterable[Colleague], teams: dict[tuple[str, str], int], agencies: dict[str, int]
    ) -> None:
        self.people = list(people)
        self.teams = teams
        self.agencies = agencies
        self.mash_team = teams[COUNCIL, "MASH"]
        self.cmog_team = teams["partnership", "CMOG"]
        self.triage = self._holding(Permission.REFERRAL_TRIAGE, team="MASH")
        self.coordinator = next(person for person in self.people if Role.CSE_COORDINATOR in person.roles)
        self._screeners = {
            agency.code: [
                person for person in self._holding(Permission.SCREENING_FILL_IN) if person.agency == agency.code
            ]
            for agency in AGENCIES
        }
        self.carded_screeners = [
            person
            for person in self._holding(Permission.SCREENING_FILL_IN)
            if person.name in _CARDED and Role.PRACTITIONER in person.roles
        ]
        self.members: dict[int, list[int]] = {team: [] for team in teams.values()}
        for person in self.people:
            self.members[person.team_id].append(person.pk)
        self._by_agency = {
            agency.code: [person for person in self.people if person.agency == agency.code] for agency in AGENCIES
        }
        self._reporters = self._holding(Permission.MISSING_RECORD)
        self._countersigners = self._holding(Permission.SCREENING_COUNTERSIGN)
        self._screening_codes = [agency.code for agency in AGENCIES if agency.screenings_share]
        self._shares = [agency.screenings_share for agency in AGENCIES if agency.screenings_share]
        self.agency_of_school = {agency.name: agency.code for agency in AGENCIES if agency.kind == AgencyKind.SCHOOL}
        self._key_workers = [
            person
            for person in self.people
            if person.agency == COUNCIL and person.team != "MASH" and Role.PRACTITIONER in person.roles
        ]

    def _holding(self, permission: Permission, *, team: str = "") -> list[Colleague]:
        return [
            person
            for person in self.people
            if any(permission in GRANTS[Role(role)] for role in person.roles) and team in ("", person.team)
        ]

    def screener(self, rng: Random, agency: str = "") -> Colleague:
        """Somebody who screens, of `agency` or of one drawn by its share; the first-named of an agency screens most."""
        people = self._screeners[agency or rng.choices(self._screening_codes, self._shares)[0]]
        return people[0] if rng.random() < 0.4 else rng.choice(people)

    def who_may_report(self, teams: Collection[int], rng: Random) -> Colleague:
        """Somebody in one of these teams who may report a missing child; MASH knows of every child."""
        return rng.choice([person for person in self._reporters if person.team_id in {*teams, self.mash_team}])

    def countersigner(self, author: Colleague, rng: Random) -> Colleague:
        """Another person who may countersign and can see the screening: of the author's team, else of MASH."""
        others = [p for p in self._countersigners if p.team == "MASH" and p.pk != author.pk]
        return rng.choice(self._near(author) or others)

    def asked_to_countersign(self, author: Colleague) -> int:
        """The team that owes the countersignature: the author's, if it has another manager, else MASH."""
        managed = any(Role.TEAM_MANAGER in colleague.roles for colleague in self._near(author))
        return author.team_id if managed else self.mash_team

    def _near(self, author: Colleague) -> list[Colleague]:
        return [p for p in self._countersigners if p.team_id == author.team_id and p.pk != author.pk]

    def speaker(self, agency: str, rng: Random) -> Colleague:
        """Somebody of the agency who answers a question from MASH."""
        return rng.choice(self._by_agency[agency])

    def key_worker(self, rng: Random) -> Colleague:
        """A social worker who holds cases."""
        return self._key_workers[0] if rng.random() < 0.04 else rng.choice(self._key_workers)


def load(*, joined_on: date) -> Staff:
    """Make the agencies, teams and people that are not there yet, and return everybody."""
    agencies = {
        agency.code: Agency.objects.get_or_create(name=agency.name, defaults={"kind": agency.kind})[0]
        for agency in AGENCIES
    }
    teams = {(agency.code, name): _team(agencies[agency.code], name).pk for agency in AGENCIES for name in agency.teams}
    colleagues = [_colleague(person, teams, joined_on) for person in PEOPLE]
    return Staff(colleagues, teams, {code: agency.pk for code, agency in agencies.items()})


def _team(agency: Agency, name: str) -> Team:
    found = Team.objects.filter(agency=agency, name=name).first()
    if found:
        return found
    group = Group.objects.create(name=f"{agency}: {name}"[:150])
    return Team.objects.create(group=group, agency=agency, name=name, kind=TEAM_KINDS.get(name, TeamKind.PRACTICE))


def _colleague(person: DemoPerson, teams: dict[tuple[str, str], int], joined_on: date) -> Colleague:
    team_id = teams[person.agency, person.team]
    user, _ = User.objects.get_or_create(
        email=partnership.email_of(person),
        defaults={
            "full_name": person.name,
            "job_title": person.job_title,
            "team_id": team_id,
            "roles": list(person.roles),
            "password": NO_PASSWORD,
            "joined_on": joined_on,
        },
    )
    shared = {TEAM_OF_ROLE[role] for role in person.roles if role in TEAM_OF_ROLE}
    user.groups.add(team_id, *(key for (_, name), key in teams.items() if name in shared))
    return Colleague(user.pk, team_id, person.agency, person.team, frozenset(person.roles), person.name)
