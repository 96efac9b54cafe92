"""The episodes that a return holds.

A return must be complete: it holds every child for whom Wolverhampton is responsible, also those whom the person who
makes it may not see on the site. That is why one permission of its own allows it (`MISSING_EXPORT`, held by the CSE
co-ordinator alone), why it holds identifiers and no names, and why each is logged with every child it held.
"""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from deadlines.rules import add_months
from missing.exports import Entry
from missing.figures import Period
from missing.models import Episode
from missing.rules import OURS


def of_year(year: Period) -> list[Entry]:
    """Every episode of which some part lies in the year."""
    begun = Q(last_seen_at__lt=year.ends)
    return _entries(begun & (Q(returned_at=None) | Q(returned_at__gte=year.starts)))


def of_twelve_months(day: date) -> list[Entry]:
    """Every episode that began in the twelve months up to the end of this day."""
    months = Period(add_months(day, -12) + timedelta(days=1), day)
    return _entries(Q(last_seen_at__gte=months.starts, last_seen_at__lt=months.ends))


def _entries(when: Q) -> list[Entry]:
    """One query."""
    rows: QuerySet[Episode] = Episode.objects.filter(when, voided_at=None, responsible_authority=OURS)
    return [_entry(episode) for episode in rows.select_related("child__same_as", "interview")]


def _entry(episode: Episode) -> Entry:
    child = episode.child.same_as or episode.child
    return Entry(
        episode=episode.pk,
        reference=episode.reference,
        child=child.pk,
        child_reference=child.reference,
        record=episode.child_id,
        born=child.date_of_birth,
        sex=child.sex,
        ethnicity=child.ethnicity,
        looked_after=episode.looked_after,
        kind=episode.episode_type,
        began_at=episode.last_seen_at,
        ended_at=episode.returned_at,
        interview=episode.interview.status if episode.interview else "",
    )
