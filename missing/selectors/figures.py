"""The tables of domain.md 16, one statement each, and the lists behind their figures.

The tables count every episode, whoever may see it; the lists and the figures of single children hold only what the
person may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts import policy
from accounts.models import Team, User
from audit.acting import Beyond, beyond
from frontend import keyset
from missing.figures import Figures, Measure
from missing.models import Episode
from missing.rules import OURS
from missing.selectors.counting import OWING, WHOSE, Asked, behind, conditions, flag, in_period
from people.codes import Authority
from people.models import Child

FLAGS = ("eligible", "offered", "accepted", "completed", "in_time", "due", "due_in_time", "began")
NOBODY_YET = "Nobody owes an interview yet"


class By(StrEnum):
    """What a table has a line for."""

    AUTHORITY = "authority"
    TEAM = "team"


_COLUMNS: Mapping[By, Any] = {By.AUTHORITY: F("responsible_authority"), By.TEAM: OWING}


@dataclass(frozen=True)
class Line:
    """The figures of one authority or team; `key` is empty for what no team owes yet."""

    key: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Table:
    """`whole` is of all lines together: a child who stands in two of them is one child there."""

    lines: list[Line]
    whole: Figures

    def of(self, key: str) -> Figures:
        """Of one line, or of all where none is named."""
        return next((line.figures for line in self.lines if line.key == key), Figures()) if key else self.whole


@dataclass(frozen=True)
class Behind:
    """One page of the episodes behind a figure, and how many there are that the person may not see."""

    page: keyset.Page[Episode]
    seen: int
    unseen: int


@dataclass(frozen=True)
class Children:
    """One page of children, each with the figures of those of their own episodes that the person may see."""

    page: keyset.Page[Child]
    lines: list[tuple[Child, Figures]]


def by_authority(asked: Asked) -> Table:
    """A line for each responsible authority with an episode in the period, ours first (domain.md 14)."""
    return _table(asked, By.AUTHORITY, dict(Authority.choices))


def by_team(asked: Asked, names: Mapping[str, str]) -> Table:
    """A line for each team that owes or owed an interview, called as in `teams`."""
    return _table(asked, By.TEAM, names)


def teams() -> list[tuple[str, str]]:
    """Every team, to choose from."""
    rows = Team.objects.select_related("agency").order_by("agency__name", "name")
    return [(str(team.pk), str(team)) for team in rows]


def listed(user: User, asked: Asked, measure: Measure, *, older: str = "", newer: str = "") -> Behind:
    """The episodes behind a figure that this person may see, the last to end (or to begin) first."""
    seen = behind(asked, measure, policy.visible(user, Episode))
    by_beginning = measure in {Measure.BEGAN, Measure.REPEATED}
    key = ("last_seen_at" if by_beginning else "returned_at", "id")
    page = keyset.page(seen.select_related("child", "interview"), key, older=older, newer=newer)
    count = seen.count()
    with beyond(Beyond.RETURNS):
        whole = behind(asked, measure).count()
    return Behind(page, count, whole - count)


def children(user: User, asked: Asked, *, older: str = "", newer: str = "") -> Children:
    """The children of whom this person may see an episode in the period, the most episodes first; two queries.

    Two records of one child are one child with the episodes of both, called by the record that was made first.
    """
    episodes = in_period(asked, policy.visible(user, Episode)).annotate(whose=WHOSE).order_by()
    records = Child.objects.filter(Q(pk=OuterRef(OuterRef("whose"))) | Q(same_as=OuterRef(OuterRef("whose"))))
    times = episodes.filter(child__in=records.values("pk")).annotate(one=Value(1)).values("one")
    shown = episodes.values("whose").annotate(record=Min("child")).values("record")
    rows: Any = Child.objects.filter(pk__in=shown).annotate(whose=Coalesce("same_as_id", "pk"))
    rows = rows.annotate(times=Subquery(times.annotate(times=Count("pk")).values("times")))
    page: keyset.Page[Any] = keyset.page(rows, ("times", "id"), older=older, newer=newer)
    counts = {name: Count("pk", filter=condition) for name, condition in _flags(asked).items()}
    counted: Any = episodes.filter(whose__in=[child.whose for child in page.rows]).values("whose").annotate(**counts)
    of = {row.pop("whose"): _of_child(**row) for row in counted}
    return Children(page, [(child, of[child.whose]) for child in page.rows])


def unseen_children(user: User, asked: Asked) -> int:
    """How many children have an episode in the period of whom this person may see none."""
    seen = _children_in(asked, policy.visible(user, Episode))
    with beyond(Beyond.RETURNS):
        return _children_in(asked) - seen


def _children_in(asked: Asked, rows: QuerySet[Episode] | None = None) -> int:
    return int(in_period(asked, rows).aggregate(count=Count(WHOSE, distinct=True))["count"])


def _of_child(*, began: int, **counts: int) -> Figures:
    return Figures(**counts, children=int(began > 0), repeat=int(began > 1))


def _table(asked: Asked, by: By, names: Mapping[str, str]) -> Table:
    lines, whole = [], Figures()
    for of_all, key, *counts in _counted(asked, by):
        figures = Figures(*counts)
        if of_all:
            whole = figures
        else:
            lines.append(Line(str(key or ""), names.get(str(key), NOBODY_YET), figures))
    return Table(sorted(lines, key=lambda line: (line.key != OURS, not line.key, line.name)), whole)


@beyond(Beyond.RETURNS)
def _counted(asked: Asked, by: By) -> list[tuple[Any, ...]]:
    """Each child counted once for each line and once for all lines together, then the children of each line."""
    flags = {name: flag(condition) for name, condition in _flags(asked).items()}
    rows = in_period(asked).annotate(line=_COLUMNS[by], whose=WHOSE, **flags).order_by()
    episodes, values = rows.values("line", "whose", *flags).query.sql_with_params()
    counts = ", ".join(f"count(*) filter (where {name}) as {name}" for name in FLAGS)
    sums = ", ".join(f"sum({name})::int" for name in FLAGS if name != "began")
    with connection.cursor() as cursor:
        cursor.execute(
            f"with episodes as ({episodes}), "  # nosec B608 # noqa: S608 (made by Django, and of our own names)
            f"children as (select line, grouping(line) as of_all, whose, {counts} "
            "from episodes group by grouping sets ((line, whose), (whose))) "
            f"select of_all, line, {sums}, "
            "count(*) filter (where began > 0), count(*) filter (where began > 1) "
            "from children group by of_all, line",
            values,
        )
        return list(cursor.fetchall())


def _flags(asked: Asked) -> dict[str, Any]:
    counted = conditions(asked)
    return {name: counted[Measure(name)] for name in FLAGS}
