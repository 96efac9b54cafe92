"""What agencies record, field by field: whether it is filled in, and whether in time (strategy §7.3, domain.md 33).

Adding a field is one line here. "Not known" and "refused" are answers; only what nobody asked is a gap. The times are
ours: nobody publishes any.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Model, Q, QuerySet

from figures.once import asked_once
from figures.rules import Part, Period, added
from missing.models import Episode
from people.codes import Ethnicity, LookedAfter, Sex
from people.models import Child
from riskassessment.models import Screening


@dataclass(frozen=True)
class Source:
    """Records of one kind: which, the moment that says when each was made, the path to the agency that made it, and
    the condition under which each field counts as filled in, each promise as kept."""

    rows: QuerySet[Model]
    made_at: str
    agency: str
    filled: Mapping[str, Q]
    in_time: Mapping[str, Q]


SOURCES: Sequence[Source] = (
    Source(
        Child.objects.filter(same_as=None),
        "added_at",
        "added_by_team__agency__name",
        {
            "Child: date of birth": ~Q(date_of_birth=None),
            "Child: sex": ~Q(sex=Sex.UNKNOWN),
            "Child: ethnicity": ~Q(ethnicity=Ethnicity.NOBT),
            "Child: NHS number": ~Q(nhs_number=None),
            "Child: learning disability": ~Q(learning_disability=None),
            "Child: looked after": ~Q(looked_after=LookedAfter.UNKNOWN),
            "Child: ward": ~Q(ward=""),
            "Child: school": ~Q(school=""),
        },
        {},
    ),
    Source(
        Screening.objects.exclude(submitted_at=None),
        "submitted_at",
        "author_team__agency__name",
        {
            "Screening: what the child said": ~Q(childs_words=""),
            "Screening: model of abuse": ~Q(abuse_models=[]),
            "Screening: through technology": ~Q(through_technology=""),
        },
        {"Screening: submitted within 7 days of being begun": Q(submitted_at__lte=F("started_at") + timedelta(days=7))},
    ),
    Source(
        Episode.objects.filter(voided_at=None),
        "reported_at",
        "team__agency__name",
        {
            "Missing: risk grade": ~Q(grade=""),
            "Missing: circumstances": ~Q(circumstances=""),
            "Missing: police reference": ~Q(police_reference=""),
        },
        {"Missing: typed in within 24 hours of the report": Q(recorded_at__lte=F("reported_at") + timedelta(hours=24))},
    ),
)
FILLED = [name for source in SOURCES for name in source.filled]
IN_TIME = [name for source in SOURCES for name in source.in_time]


@asked_once
def counted(period: Period, at: datetime) -> Sequence[tuple[str, str, Part]]:
    """(agency, field, how many of how many) of what was made in the period; one query for each kind of record."""
    found = []
    for source in SOURCES:
        names = {**source.filled, **source.in_time}
        made = {f"{source.made_at}__gte": period.starts, f"{source.made_at}__lt": period.until(at)}
        tallies = {f"n{place}": Count("pk", filter=condition) for place, condition in enumerate(names.values())}
        for row in source.rows.filter(**made).values(source.agency).annotate(made=Count("pk"), **tallies).order_by():
            parts = (Part(row[f"n{place}"], row["made"]) for place in range(len(names)))
            found += [(row[source.agency], name, part) for name, part in zip(names, parts, strict=True)]
    return found


def whole(period: Period, at: datetime, names: Sequence[str]) -> Part:
    """All agencies and these fields together."""
    return added(by_agency(period, at, names).values())


def by_agency(period: Period, at: datetime, names: Sequence[str]) -> dict[str, Part]:
    """These fields together, for each agency that recorded any."""
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for agency, name, part in counted(period, at):
        if name in names:
            found[agency].append(part)
    return {agency: added(parts) for agency, parts in found.items()}
