"""Who sees which child: the database's own answer and the site's, held against a third that shares no line with them.

The oracle knows the rule in plain sets: a live grant by name, or a live one to a team where the record is not
restricted; and never where the person is excluded, or has left (security.md 2; ASVS 8.4.1).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import Permission as ModelPermission
from django.db import DatabaseError, connection, transaction

from accounts import policy
from accounts.models import Team, User
from audit.acting import acting_as
from people.codes import Restriction
from people.models import Child, ChildTeamGrant, ChildUserGrant, Exclusion, Involvement
from tests import factories, prepared

LONG_AGO, FAR_AHEAD = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
PEOPLE, TEAMS, CHILDREN = 201, 20, 5_000
UNTIL = (None, FAR_AHEAD, LONG_AGO)


@dataclass
class Oracle:
    """What was set up, in no form that the site or the database reads."""

    members: dict[int, set[int]] = field(default_factory=dict)
    by_name: dict[int, set[int]] = field(default_factory=dict)
    by_team: dict[int, set[int]] = field(default_factory=dict)
    excluded: dict[int, set[int]] = field(default_factory=dict)
    restricted: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)

    def sees(self, person: int) -> set[int]:
        teams = set() if person in self.left else self.members[person]
        of_teams = set().union(*(self.by_team.get(team, set()) for team in teams)) - self.restricted
        return (self.by_name.get(person, set()) | of_teams) - self.excluded.get(person, set())


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Oracle]:
    with prepared.for_a_file(django_db_blocker):
        yield build()


@pytest.fixture
def oracle(world: Oracle, db: None) -> Oracle:
    return world


def build() -> Oracle:
    """Two hundred people in twenty teams, and five thousand children with grants of every kind."""
    chance, made = Random(4), Oracle()  # noqa: S311 (the same world every time)
    teams = [factories.team() for _ in range(TEAMS)]
    people = [_person(chance, teams, made) for _ in range(PEOPLE)]
    author = factories.user()
    children = [
        Child(
            given_name="A",
            family_name="B",
            date_of_birth=factories.NOON,
            added_by_team=teams[0],
            added_at=factories.NOON,
        )
        for _ in range(CHILDREN)
    ]
    for child in children:
        if chance.random() < 0.1:
            child.restriction = chance.choice([Restriction.POLICE, Restriction.STAFF])
    keys = [child.pk for child in Child.objects.bulk_create(children)]
    made.restricted = {pk for pk, child in zip(keys, children, strict=True) if child.restriction}
    told = {
        "permission_id": ModelPermission.objects.get(codename="view_child").pk,
        "kind": "author",
        "reason": "x",
        "granted_by": author,
        "granted_at": factories.NOON,
    }
    ChildTeamGrant.objects.bulk_create(_of_teams(chance, teams, keys, made, told))
    ChildUserGrant.objects.bulk_create(_of_people(chance, people, keys, made, told))
    Exclusion.objects.bulk_create(_exclusions(chance, people, keys, made, author))
    with connection.cursor() as cursor:  # as the server does by itself for tables that somebody else can see, too
        cursor.execute("analyze people_child, people_childteamgrant, people_childusergrant, people_exclusion")
    return made


def _person(chance: Random, teams: Sequence[Team], made: Oracle) -> User:
    person = factories.user(is_active=chance.random() > 0.05)
    mine = chance.sample(list(teams), chance.choice([0, 1, 1, 2, 3]))
    person.groups.set([team.pk for team in mine])
    made.members[person.pk] = {team.pk for team in mine}
    if not person.is_active:
        made.left.add(person.pk)
    return person


def _of_teams(
    chance: Random, teams: Sequence[Team], keys: Sequence[int], made: Oracle, told: dict[str, Any]
) -> Iterator[ChildTeamGrant]:
    for team in teams:
        for pk in chance.sample(list(keys), CHILDREN // 8):
            until = chance.choice(UNTIL)
            if until is not LONG_AGO:
                made.by_team.setdefault(team.pk, set()).add(pk)
            yield ChildTeamGrant(group_id=team.pk, content_object_id=pk, expires_at=until, **told)


def _of_people(
    chance: Random, people: Sequence[User], keys: Sequence[int], made: Oracle, told: dict[str, Any]
) -> Iterator[ChildUserGrant]:
    for person in people:
        for pk in chance.sample(list(keys), 40):
            until = chance.choice(UNTIL)
            if until is not LONG_AGO:
                made.by_name.setdefault(person.pk, set()).add(pk)
            yield ChildUserGrant(user=person, content_object_id=pk, expires_at=until, **{**told, "kind": "case"})
    yield from _of_addresses(chance, people, keys, told)


def _of_addresses(
    chance: Random, people: Sequence[User], keys: Sequence[int], told: dict[str, Any]
) -> Iterator[ChildUserGrant]:
    """To be told where a child lives gives no sight of the record."""
    address = {"permission_id": ModelPermission.objects.get(codename="view_address").pk, "kind": "address"}
    for person in people:
        for pk in chance.sample(list(keys), 40):
            yield ChildUserGrant(user=person, content_object_id=pk, **{**told, **address})


def _exclusions(
    chance: Random, people: Sequence[User], keys: Sequence[int], made: Oracle, by: User
) -> Iterator[Exclusion]:
    for person in people:
        for pk in chance.sample(list(keys), 60):
            ended = {"ended_by": by, "ended_at": factories.NOON} if chance.random() < 0.3 else {}
            if not ended:
                made.excluded.setdefault(person.pk, set()).add(pk)
            yield Exclusion(person=person, child_id=pk, reason="x", recorded_by=by, recorded_at=factories.NOON, **ended)


def asked_in_sql(person: int, statement: str) -> set[int]:
    """What the site's own role is given for a statement that filters nothing."""
    with acting_as(person), connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("cse_app",)
        cursor.execute(statement)
        return {pk for (pk,) in cursor.fetchall()}


def test_asvs_8_4_1_the_database_the_site_and_the_oracle_agree_on_a_million_pairs(oracle: Oracle) -> None:
    pairs = mismatches = seen = 0
    for person in User.objects.filter(pk__in=oracle.members):
        expected = set() if person.pk in oracle.left else oracle.sees(person.pk)
        by_database = asked_in_sql(person.pk, "select id from people_child")
        by_site = set(policy.visible(person, Child).values_list("pk", flat=True))
        if person.pk not in oracle.left:  # who has left cannot ask: no session of theirs is served
            mismatches += len(expected ^ by_database)
        mismatches += len(expected ^ by_site)
        pairs, seen = pairs + CHILDREN, seen + len(expected)
    assert mismatches == 0
    assert pairs >= 1_000_000
    assert seen > 50_000  # of a world in which nobody saw anything, they would agree too


def test_what_belongs_to_a_child_is_seen_with_the_child(oracle: Oracle) -> None:
    team = factories.team()
    children = Child.objects.order_by("pk").values_list("pk", flat=True)[:500]
    Involvement.objects.bulk_create([Involvement(child_id=pk, opened_at=factories.NOON, team=team) for pk in children])
    for person in sorted(set(oracle.members) - oracle.left)[:40]:
        expected = oracle.sees(person) & set(children)
        assert asked_in_sql(person, "select child_id from people_involvement") == expected


@pytest.mark.django_db
def test_nobody_named_is_given_an_error_and_no_row() -> None:
    factories.child()
    with connection.cursor() as cursor:
        cursor.execute("set local role cse_app")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("select id from people_child")
        cursor.execute("reset role")
