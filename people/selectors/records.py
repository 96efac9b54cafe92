"""Finding a child, recognising two records of one child, and who holds the case."""

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import BigIntegerField, Func, Q, QuerySet, TextField, Value

from accounts import policy
from accounts.models import Team, User
from accounts.roles import Permission, Role
from accounts.selectors import holders_of
from audit.acting import Beyond, beyond
from audit.models import Event
from frontend.prepared import Given, Prepared
from frontend.text import local_day
from people import rules
from people.models import Child, Involvement
from people.rules import Particulars, Reason

PROBED = 50
"""Candidates read by one probe at most, so that no search grows with the number of children."""
SHOWN = 25
STAFF_ANY_CASE = frozenset({Role.MASH, Role.CSE_COORDINATOR})
OFFERED = 10
"""Candidates offered to MASH: each that is shown is a look at a record."""


_CASE = Prepared(
    lambda: Involvement.objects.filter(child=Given("child"), closed_at=None).select_related(
        "team__agency", "key_worker", "coordinator"
    )
)


@dataclass(frozen=True)
class Match:
    """A record that may be about the child in question: what identifies it and why, nothing else of it."""

    pk: int
    reference: str
    name: str
    date_of_birth: date | None
    added_by: str
    reasons: tuple[str, ...]
    place: int
    """Of its strongest reason: 0 is the strongest."""
    restriction: str
    identical: bool
    """It has the same NHS number or the same unique pupil number."""


def born_after(day: date) -> date:
    """Whoever was born after this is under 18 on `day`."""
    try:
        return day.replace(year=day.year - rules.CHILDHOOD_ENDS)
    except ValueError:  # 29 February: the birthday falls on 1 March
        return date(day.year - rules.CHILDHOOD_ENDS, 2, 28)


def find(user: User, terms: Particulars, *, at: datetime, adults: bool = False) -> list[Match]:
    """The records this person may see that fit what was typed, the best first.

    An eighteenth birthday takes a record off this list unless `adults` is asked for; the record itself stays
    (domain.md 8).
    """
    rows = policy.visible(user, Child)
    if not adults:
        rows = rows.filter(Q(date_of_birth=None) | Q(date_of_birth__gt=born_after(local_day(at))))
    matches = [_match(child, reasons) for child in _candidates(rows, terms) if (reasons := _fits(terms, child))]
    return sorted(matches, key=_best_first)[:SHOWN]


def near_matches(
    wanted: Particulars, *, visible_to: User | None = None, apart_from: Collection[int] = ()
) -> list[Match]:
    """The records that may be about this child, the strongest reason first: over all children (domain.md 20).

    What is found among all may be shown to nobody but MASH; `visible_to` leaves only what this person may see.
    """
    with nullcontext() if visible_to else beyond(Beyond.MATCHING):
        rows = policy.visible(visible_to, Child) if visible_to else Child.objects.all()
        children = _candidates(rows.exclude(pk__in=apart_from), wanted)
    matches = [_match(child, reasons) for child in children if (reasons := _alike(wanted, child))]
    return sorted(matches, key=_best_first)[:SHOWN]


def unseen_match(user: User, wanted: Particulars, *, apart_from: Collection[int] = ()) -> bool:
    """Whether a near match exists that this person may not see. They must never be told."""
    found = {match.pk for match in near_matches(wanted, apart_from=apart_from)}
    asked = found | {0}  # nobody's number: asked as often where nothing was found
    return bool(found - set(policy.visible(user, Child).filter(pk__in=asked).values_list("pk", flat=True)))


def candidates(child: Child, *, user: User) -> list[Match]:
    """For MASH: the records that this one may be matched with, with what identifies them and no more.

    Without those that are restricted or kept from this officer: whoever sees them matches the two. The caller records
    the look at each of them.
    """
    apart_from = {child.pk, *same_pks(child), *user.hidden_children}
    return near_matches(child.particulars, apart_from=apart_from)[:OFFERED]


@beyond(Beyond.MATCHING)
def matched_with(child: Child) -> Match | None:
    """For MASH: what identifies the record that this one was matched with."""
    if child.same_as_id is None:
        return None
    other = Child.objects.select_related("added_by_team__agency").get(pk=child.same_as_id)
    return _match(other, _alike(child.particulars, other))


@beyond(Beyond.MATCHING)
def offered(pk: int) -> Child | None:
    """For MASH: a record that was offered to them as a candidate, and that they may not see."""
    return Child.objects.filter(pk=pk).first()


def to_match(user: User) -> QuerySet[Child]:
    """For MASH: the provisional records that nobody has matched yet."""
    rows = policy.visible(user, Child).filter(provisional=True, same_as=None)
    return rows.select_related("added_by_team__agency")


@beyond(Beyond.ONE_CHILD)
def record_pks(child: Child) -> list[int]:
    """The keys of every record of this child, whoever may see them."""
    first = child.same_as_id or child.pk
    return list(Child.objects.filter(Q(pk=first) | Q(same_as=first)).values_list("pk", flat=True))


def same_pks(child: Child) -> list[int]:
    """The keys of the other records of this child, whoever may see them."""
    return [pk for pk in record_pks(child) if pk != child.pk]


def same_children(user: User, child: Child) -> QuerySet[Child]:
    """The other records found to be about this child, as far as this person may see them."""
    return policy.visible(user, Child).filter(pk__in=same_pks(child)).order_by("pk")


def case_of(child: Child) -> Involvement | None:
    """The open case of this very record.

    A case of another record of the same child is not looked for: the answer would tell those who see only this record
    of one they may not see.
    """
    return _CASE.first(child=child.pk)


def case_of_whole(child: Child) -> Involvement | None:
    """The open case on the record that MASH matched this one with, or on this one itself; for MASH alone."""
    if child.same_as_id is None:
        return case_of(child)
    with beyond(Beyond.ONE_CHILD):
        return _CASE.first(child=child.same_as_id)


def staffs(user: User, team: Team) -> bool:
    """Whether this person says who holds the cases of this team: their own, or any for MASH and a co-ordinator."""
    return team.pk in user.team_ids or staffs_any(user)


def staffs_any(user: User) -> bool:
    return not STAFF_ANY_CASE.isdisjoint(user.roles)


def closed_cases(child: Child) -> QuerySet[Involvement]:
    rows = Involvement.objects.filter(child=child, closed_at__isnull=False)
    return rows.select_related("team__agency", "key_worker").order_by("-closed_at")


def key_worker_for(user: User) -> QuerySet[Involvement]:
    """The open cases this person holds, the longest open first; only of children they may still see."""
    rows = policy.visible(user, Involvement).filter(key_worker=user, closed_at=None)
    return rows.select_related("child").order_by("opened_at", "pk")


def last_correction(child: Child) -> tuple[str, datetime] | None:
    """Who last corrected the record, and when."""
    event = Event.objects.filter(child_id=child.pk, verb="people.correct").order_by("-at", "-pk").first()
    return (str(User.objects.get(pk=event.actor_id)), event.at) if event else None


def case_holders() -> QuerySet[User]:
    """Active people whose role lets them read a child's record."""
    return holders_of(Permission.CHILD_VIEW).order_by("full_name", "pk")


def case_teams(user: User) -> list[Team]:
    """The teams for which this person may open a case."""
    teams = Team.objects.select_related("agency").order_by("agency__name", "name")
    return [team for team in teams if staffs(user, team)]


def _candidates(rows: QuerySet[Child], wanted: Particulars) -> list[Child]:
    """Rows worth comparing, each probe answered by an index and bounded."""
    found: dict[int, Child] = {}
    for probe in (_by_identifier, _by_birth, _by_name, _by_alias):
        condition = probe(rows, wanted)
        if condition is not None:
            found |= {child.pk: child for child in condition.select_related("added_by_team__agency")[:PROBED]}
    return list(found.values())


def _by_identifier(rows: QuerySet[Child], wanted: Particulars) -> QuerySet[Child] | None:
    either = Q()
    if wanted.nhs_number:
        either |= Q(nhs_number=wanted.nhs_number)
    if wanted.upn:
        either |= Q(upn=wanted.upn)
    return rows.filter(either) if either else None


def _by_birth(rows: QuerySet[Child], wanted: Particulars) -> QuerySet[Child] | None:
    born = wanted.date_of_birth
    if born is None:
        return None
    days = [day for day in (born, rules.swapped(born)) if day]
    return _closest_name_first(rows.filter(date_of_birth__in=days), wanted)


def _by_name(rows: QuerySet[Child], wanted: Particulars) -> QuerySet[Child] | None:
    if not wanted.name:
        return None
    born, key = wanted.date_of_birth, rules.search_key(wanted.name)
    # The index compares letters of the Latin alphabet only: a name in another script is found whole.
    whole = Q(search_name=key)
    if wanted.given_name and wanted.family_name:
        _ask_for(rules.VERY_SIMILAR if born else rules.SIMILAR)
        rows = rows.filter(whole | Q(pk__in=_named("people_named_like", key)))
    else:
        rows = rows.filter(whole | Q(pk__in=_named("people_named_in_part", key)))
    if born:
        year = timedelta(days=366)
        rows = rows.filter(Q(date_of_birth=None) | Q(date_of_birth__range=(born - year, born + year)))
    return _closest_name_first(rows, wanted)


def _named(function: str, value: Any) -> Func:
    """The keys of all children called so: row-level security would keep PostgreSQL from asking the index itself.

    Which of them may be seen it decides all the same, where their rows are read.
    """
    field = ArrayField(TextField()) if isinstance(value, list) else TextField()
    called = Value(value, output_field=field)
    return Func(
        called, function=function, template="(SELECT %(function)s(%(expressions)s))", output_field=BigIntegerField()
    )


def _ask_for(similarity: float) -> None:
    """Let the index itself leave out what is less similar than this; until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('pg_trgm.similarity_threshold', %s, true)", [str(similarity)])


def _by_alias(rows: QuerySet[Child], wanted: Particulars) -> QuerySet[Child] | None:
    names = {rules.search_key(name) for name in (wanted.name, wanted.given_name, *wanted.aliases)} - {""}
    either = Q(pk__in=_named("people_also_called", sorted(names))) if names else Q()
    if wanted.aliases:
        either |= Q(search_name__in=[rules.search_key(alias) for alias in wanted.aliases])
    return _closest_name_first(rows.filter(either), wanted) if either else None


def _closest_name_first(rows: QuerySet[Child], wanted: Particulars) -> QuerySet[Child]:
    if not wanted.name:
        return rows.order_by("pk")
    closeness = TrigramSimilarity("search_name", rules.search_key(wanted.name))
    return rows.annotate(closeness=closeness).order_by("-closeness", "pk")


def _alike(wanted: Particulars, child: Child) -> tuple[rules.Why, ...]:
    return rules.why_alike(wanted, child.particulars)


def _fits(terms: Particulars, child: Child) -> tuple[rules.Why, ...]:
    alike = _alike(terms, child)
    if terms.date_of_birth is None:  # not typed, which is not to say that it is not known
        alike = tuple(why for why in alike if why.reason != Reason.NAME_BIRTH_UNKNOWN)
    return alike or rules.why_found(terms, child.particulars)


def _match(child: Child, reasons: tuple[rules.Why, ...]) -> Match:
    return Match(
        pk=child.pk,
        reference=child.reference,
        name=child.name,
        date_of_birth=child.date_of_birth,
        added_by=str(child.added_by_team),
        reasons=tuple(why.sentence for why in reasons),
        place=min((rules.STRENGTH[why.reason] for why in reasons), default=len(rules.STRENGTH)),
        restriction=child.restriction,
        identical=any(why.reason in rules.IDENTICAL for why in reasons),
    )


def _best_first(match: Match) -> tuple[int, str, int]:
    return match.place, match.name, match.pk
