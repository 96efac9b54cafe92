"""What of prevention an action of the plan, or a report, may be measured by (domain.md 27, 33)."""

from datetime import date, datetime
from typing import Any

from audit.history import history_of
from figures.marks import marked
from figures.measures import Better, Cells, breakdown, measure
from figures.once import asked_once
from figures.rules import Part, Period
from frontend.text import local_day
from prevention import collected, selectors
from prevention.models import Assessment, Attendance, Campaign, EarlyHelp, Gap, Headcount, Learner, Score, Session
from prevention.selectors import Cover

PEOPLE_AS_THEY_WERE: Any = history_of(Learner)
TRAINING = (Attendance, Headcount, Learner, PEOPLE_AS_THEY_WERE, Session)

for model in (*TRAINING, Assessment, Campaign, EarlyHelp, Gap, Score):
    marked(model)


def _last(period: Period, at: datetime) -> date:
    """The last day of the period that has come."""
    return min(period.last, local_day(at))


@asked_once
def _coverage(period: Period, at: datetime) -> list[Cover]:
    return selectors.coverage(_last(period, at))


@measure(
    "training.coverage",
    "People who work with children whose training counts, of all whose agencies said how many",
    better=Better.MORE,
    source="strategy §7.1; domain.md 33",
    counted_from=TRAINING,
    by_agency=lambda period, at: selectors.by_agency(_coverage(period, at)),
    of_children=False,
)
def training_coverage(period: Period, at: datetime) -> Part:
    return selectors.whole(_coverage(period, at))


@measure(
    "campaigns.evaluated",
    "Awareness campaigns that ended and were evaluated",
    better=Better.MORE,
    source="strategy §7.1; domain.md 33",
    counted_from=[Campaign],
    of_children=False,
)
def campaigns_evaluated(period: Period, at: datetime) -> Part:
    return selectors.evaluated(period, at)


@measure(
    "services.gaps_closed",
    "Gaps in services that were closed, of all that were found",
    better=Better.MORE,
    source="strategy §7.1; domain.md 33",
    counted_from=[Gap],
    of_children=False,
)
def gaps_closed(period: Period, at: datetime) -> Part:
    return selectors.gaps_closed(_last(period, at))


@measure(
    "assessments.met",
    "Standards met, by the moderated self-assessments of agencies",
    better=Better.MORE,
    source="strategy §7.1; domain.md 33",
    counted_from=[Assessment, Score],
    by_agency=lambda period, at: selectors.standards_met_by_agency(_last(period, at)),
    of_children=False,
)
def assessments_met(period: Period, at: datetime) -> Part:
    return selectors.standards_met(_last(period, at))


@measure(
    "early_help.begun",
    "Children stepped to early help whose help has begun",
    better=Better.MORE,
    source="strategy §7.1; domain.md 33",
    counted_from=[EarlyHelp],
    by_agency=lambda period, at: selectors.help_begun_by_agency(period, at),
)
def help_begun(period: Period, at: datetime) -> Part:
    return selectors.help_begun(period, at)


@measure(
    "early_help.needs_met",
    "Early help that ended with the child’s needs met",
    better=Better.MORE,
    source="strategy §7.1; domain.md 33",
    counted_from=[EarlyHelp],
    by_agency=lambda period, at: selectors.help_needs_met_by_agency(period, at),
)
def help_needs_met(period: Period, at: datetime) -> Part:
    return selectors.help_needs_met(period, at)


@measure(
    "records.filled",
    "Fields filled in, of all that agencies’ records ask for",
    better=Better.MORE,
    source="strategy §7.3; domain.md 33",
    by_agency=lambda period, at: collected.by_agency(period, at, collected.FILLED),
)
def records_filled(period: Period, at: datetime) -> Part:
    return collected.whole(period, at, collected.FILLED)


@measure(
    "records.in_time",
    "Screenings and missing episodes recorded in time",
    better=Better.MORE,
    source="strategy §7.3; domain.md 33",
    by_agency=lambda period, at: collected.by_agency(period, at, collected.IN_TIME),
)
def records_in_time(period: Period, at: datetime) -> Part:
    return collected.whole(period, at, collected.IN_TIME)


@breakdown(
    "records.good",
    "Records whose field is filled in, or was in time, by agency",
    rows="Agency",
    columns="Field",
    source="strategy §7.3; domain.md 33",
    order=[*collected.FILLED, *collected.IN_TIME],
)
def records_good(period: Period, at: datetime) -> Cells:
    return {(agency, name): part.of for agency, name, part in collected.counted(period, at)}


@breakdown(
    "records.made",
    "Records that have the field, by agency",
    rows="Agency",
    columns="Field",
    source="strategy §7.3; domain.md 33",
    order=[*collected.FILLED, *collected.IN_TIME],
)
def records_made(period: Period, at: datetime) -> Cells:
    return {(agency, name): part.whole for agency, name, part in collected.counted(period, at)}
