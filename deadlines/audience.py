"""Who is told of a deadline: found for many at once, in two queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from accounts import policy
from accounts.models import User
from accounts.roles import Role
from deadlines.models import Deadline
from deadlines.rules import Audience


class Audiences:
    """The people who may be told of these deadlines: their owners, the teams that owe them, managers, committees."""

    def __init__(
        self,
        people: Iterable[User],
        who_know: Collection[tuple[int, int]],
        *,
        kept_from: Collection[tuple[int, int]] = (),
        keepers: Collection[tuple[int, int]] = (),
    ) -> None:
        """`people` carry their teams as `group_pks`; `who_know` says which of those named know which child.

        `kept_from` says who can open nothing about which child, because its record is restricted or they are excluded;
        `keepers` who keeps sight of a restricted record.
        """
        self._who_know = who_know
        self._kept_from = kept_from
        self._keepers = keepers
        self._by_pk: dict[int, User] = {}
        self._by_team: dict[int, list[User]] = defaultdict(list)
        for person in people:
            self._by_pk[person.pk] = person
            for team in person.group_pks:  # type: ignore[attr-defined]
                self._by_team[team].append(person)

    @classmethod
    def of(cls, deadlines: Sequence[Deadline], *, at: datetime) -> Self:
        concerned = Q(groups__in={each.owner_team_id for each in deadlines})
        concerned |= Q(pk__in={each.owner_id for each in deadlines if each.owner_id})
        concerned |= Q(roles__overlap=[Role.CSE_COORDINATOR, Role.CMOG_CHAIR, Role.SEMT_CHAIR])
        children = {each.child_id for each in deadlines if each.child_id}
        keepers = policy.keepers(children, at=at)
        concerned |= Q(pk__in={person for person, _ in keepers})
        found = User.objects.filter(concerned, is_active=True).values("pk")
        people = list(User.objects.filter(pk__in=found).annotate(group_pks=ArrayAgg("groups", default=[])))
        named = {each.owner_id for each in deadlines if each.owner_id}
        named |= {person.pk for person in people if Role.CMOG_CHAIR in person.roles}
        kept_from = policy.kept_from({person.pk for person in people}, children, at=at)
        return cls(people, policy.who_know(named, children, at=at), kept_from=kept_from, keepers=keepers)

    def told(self, deadline: Deadline, tells: Iterable[Audience]) -> list[User]:
        """Whom a stage tells, of those who can open what it is about; never nobody while there is a CSE co-ordinator,
        or for what is about no child a chair of SEMT.

        Of a restricted record that is who keeps sight of it: its co-ordinators, else its managers, else anyone.
        """
        found = {person.pk: person for audience in tells for person in self._one(deadline, audience)}
        told = [each for each in found.values() if (each.pk, deadline.child_id) not in self._kept_from]
        return told or self._who_keep(deadline) or self._one(deadline, deadline.clock.at_last)

    def managers(self, deadline: Deadline) -> list[User]:
        return [each for each in self._by_team[deadline.owner_team_id] if Role.TEAM_MANAGER in each.roles]

    def _who_keep(self, deadline: Deadline) -> list[User]:
        keeping = [each for each in self._by_pk.values() if (each.pk, deadline.child_id) in self._keepers]
        for role in (Role.CSE_COORDINATOR, Role.TEAM_MANAGER):
            if answering := [each for each in keeping if role in each.roles]:
                return answering
        return keeping

    def _one(self, deadline: Deadline, audience: Audience) -> list[User]:
        match audience:
            case Audience.OWNER:
                return self._owners(deadline)
            case Audience.MANAGER:
                return self.managers(deadline)
            case Audience.COORDINATORS:
                return self._with_role(Role.CSE_COORDINATOR)
            case Audience.CMOG:
                return [each for each in self._with_role(Role.CMOG_CHAIR) if self._knows(each, deadline)]
            case Audience.SEMT:
                return self._with_role(Role.SEMT_CHAIR)

    def _owners(self, deadline: Deadline) -> list[User]:
        """The person named, or everyone in the team that owes it; nobody who left or whose role cannot keep it.

        Whoever is named and does not know the child cannot open what they would be sent: the team is told instead.
        """
        owner = self._by_pk.get(deadline.owner_id or 0)
        kept_by = deadline.clock.kept_by
        if owner and kept_by in owner.permissions and self._knows(owner, deadline):
            return [owner]
        return [each for each in self._by_team[deadline.owner_team_id] if kept_by in each.permissions]

    def _knows(self, person: User, deadline: Deadline) -> bool:
        return deadline.child_id is None or (person.pk, deadline.child_id) in self._who_know

    def _with_role(self, role: Role) -> list[User]:
        return [each for each in self._by_pk.values() if role in each.roles]
