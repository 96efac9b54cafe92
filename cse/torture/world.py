"""Who is told, and promises that are about to be broken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, cycle, islice

from django.contrib.auth.models import Group
from django.db import connection

from accounts.models import Agency, AgencyKind, GrantKind, Team, User
from accounts.roles import Role
from accounts.selectors import system_actor
from accounts.services import let_team_know
from deadlines import rules
from deadlines.models import OPEN, Deadline
from deadlines.rules import CLOCKS, Elapsed, Kind
from people.models import Child

KINDS = (Kind.RETURN_INTERVIEW, Kind.REFERRAL_RED, Kind.REFERRAL_AMBER, Kind.REFERRAL_GREEN)
SOON = (timedelta(seconds=0.5), timedelta(seconds=1.5))
SUBJECT = Child._meta.label_lower
POISON = "torture.poison"  # what a deadline is about whose claims the database refuses
REFUSES_POISON = """
    create function refuse_poison() returns trigger language plpgsql as $$
        begin
            if 'torture.poison' = (select subject_type from deadlines_deadline where id = new.deadline_id) then
                raise 'poison';
            end if;
            return new;
        end
    $$;
    create trigger refuse_poison before insert on deadlines_stage for each row execute function refuse_poison()
"""
_numbers = count(1)


@dataclass(frozen=True)
class World:
    """Two teams that owe, the second with a manager; all people; and the child that every promise is about.

    Whoever is told only if they know the child does know it.
    """

    teams: Sequence[Team]
    people: Sequence[User]
    child: Child


def new(at: datetime) -> World:
    agency = Agency.objects.create(name="Council", kind=AgencyKind.LOCAL_AUTHORITY)
    teams = [
        Team.objects.create(group=Group.objects.create(name=name), agency=agency, name=name) for name in ("A", "B", "C")
    ]
    with connection.cursor() as cursor:
        cursor.execute(REFUSES_POISON)
    people = [
        _person("worker.a", teams[0], Role.PRACTITIONER),
        _person("worker.b", teams[1], Role.PRACTITIONER),
        _person("manager.b", teams[1], Role.TEAM_MANAGER),
        _person("coordinator", teams[2], Role.CSE_COORDINATOR),
        _person("chair", teams[2], Role.CMOG_CHAIR),
    ]
    child = Child.objects.create(
        given_name="Nobody", family_name="Real", date_of_birth=date(2012, 3, 4), added_by_team=teams[0], added_at=at
    )
    let_team_know(child, teams[2], kind=GrantKind.CMOG, reason="CMOG's chair", by=system_actor(), at=at)
    return World(teams[:2], people, child)


def _person(name: str, team: Team, role: Role) -> User:
    person = User(email=f"{name}@example.org", full_name=name, job_title="Made up", team=team, roles=[role])
    person.set_unusable_password()
    person.save()
    person.groups.add(team.group)
    return person


def hours(kind: Kind) -> timedelta:
    match CLOCKS[kind].runs_for:
        case Elapsed(hours):
            return timedelta(hours=hours)
    raise ValueError(f"{kind} does not run for hours.")


def about_to_fall(number: int, at: datetime) -> list[datetime]:
    """Due moments: some have just passed, some pass in the next seconds, of some only the warning has come."""
    return [(_just, _soon, _warned)[n % 3](at, n / number) for n in range(number)]


def _just(at: datetime, share: float) -> datetime:
    return at - timedelta(minutes=1) * share


def _soon(at: datetime, share: float) -> datetime:
    return at + SOON[0] + (SOON[1] - SOON[0]) * share


def _warned(at: datetime, share: float) -> datetime:
    return at + timedelta(minutes=50) - timedelta(minutes=1) * share


def promise(
    world: World, due: Sequence[datetime], kinds: Sequence[Kind] = KINDS, *, subject_type: str = SUBJECT
) -> list[Deadline]:
    """A promise for each moment, each about a record of its own, in turns of these kinds and of each team."""
    each = zip(due, cycle(kinds), cycle(world.teams), islice(_numbers, len(due)), strict=False)
    return Deadline.objects.bulk_create(
        Deadline(
            kind=kind,
            child=world.child,
            subject_type=subject_type,
            subject_id=number,
            owner_team=team,
            started_at=moment - hours(kind),
            watched_from=moment - hours(kind),
            due_at=moment,
            next_fire_at=rules.next_fire(CLOCKS[kind], moment),
        )
        for moment, kind, team, number in each
    )


def another() -> Child:
    """A record that no promise is about yet."""
    return Child(pk=next(_numbers))


def subject(deadline: Deadline) -> Child:
    """What the services call the record that it is about."""
    return Child(pk=deadline.subject_id)


def close(deadlines: Sequence[Deadline], at: datetime) -> None:
    """Nothing of them falls any more."""
    rows = Deadline.objects.filter(OPEN, pk__in=[deadline.pk for deadline in deadlines])
    rows.update(voided_at=at, void_reason="The fault is over", next_fire_at=None)
