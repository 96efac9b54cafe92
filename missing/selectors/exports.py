"""The episodes that a return holds.

A return must be complete: it holds every child for whom Wolverhampton is responsible, also those whom the person who
makes it may not see on the site. That is why one permission of its own allows it (`MISSING_EXPORT`, held by the CSE
co-ordinator alone), why it holds identifiers and no names, and why each is logged with every child it held.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, F, Q, When

from audit.acting import Beyond, beyond
from deadlines.rules import add_months
from figures.rules import Period
from missing.exports import Entry
from missing.models import Episode
from missing.rules import OURS
from people.models import Child


def of_year(year: Period) -> list[Entry]:
    """Every episode of which some part lies in the year."""
    begun = Q(last_seen_at__lt=year.ends)
    return _entries(begun & (Q(returned_at=None) | Q(returned_at__gte=year.starts)))


def of_twelve_months(day: date) -> list[Entry]:
    """Every episode that began in the twelve months up to the end of this day."""
    months = Period(add_months(day, -12) + timedelta(days=1), day)
    return _entries(Q(last_seen_at__gte=months.starts, last_seen_at__lt=months.ends))


@beyond(Beyond.RETURNS)
def _entries(when: Q) -> list[Entry]:
    """One query, of nothing but what the returns hold."""
    rows: Any = Episode.objects.filter(when, voided_at=None, responsible_authority=OURS)
    return [_entry(**row) for row in rows.values("looked_after", interview_status=F("interview__status"), **_COLUMNS)]


def _of_child(name: str) -> Any:
    """From the record that MASH found to be the same child, where there is one (domain.md 20)."""
    return Case(When(child__same_as=None, then=F(f"child__{name}")), default=F(f"child__same_as__{name}"))


_COLUMNS: dict[str, Any] = {
    "episode": F("pk"),
    "record": F("child_id"),
    "first": _of_child("pk"),
    "born": _of_child("date_of_birth"),
    **{name: _of_child(name) for name in ("sex", "ethnicity")},
    "kind": F("episode_type"),
    "began_at": F("last_seen_at"),
    "ended_at": F("returned_at"),
}


def _entry(*, episode: int, first: int, interview_status: str | None, **values: Any) -> Entry:
    return Entry(
        episode=episode,
        reference=Episode(pk=episode).reference,
        child=first,
        child_reference=Child(pk=first).reference,
        interview=interview_status or "",
        **values,
    )
