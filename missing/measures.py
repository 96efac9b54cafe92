"""What of missing children an action of the plan, or a report, may be measured by (domain.md 16)."""

from datetime import datetime

from django.db.models import Q

from deadlines.models import Deadline
from deadlines.rules import Kind
from figures.marks import marked
from figures.measures import Better, measure
from figures.rules import Part, Period
from missing.figures import Figures
from missing.models import Episode, Interview
from missing.selectors.counting import Asked
from missing.selectors.figures import by_authority
from people.models import Child

SOURCE = "domain.md 16"
COUNTED = (Episode, Interview, Child)

marked(Episode, "last_seen_at", "returned_at")
marked(Interview, "(select min(last_seen_at) from public.missing_episode where interview_id = {row}.id)")
marked(Child, only="same_as_id")
marked(Deadline, "due_at", "met_at")


def _all(period: Period, at: datetime) -> Figures:
    return by_authority(Asked(period, at)).whole


@measure(
    "missing.in_time",
    "Return interviews held within 72 hours, of all that were due",
    better=Better.MORE,
    source=f"strategy §7.2; {SOURCE}",
    counted_from=COUNTED,
)
def in_time(period: Period, at: datetime) -> Part:
    return _all(period, at).parts["due_in_time"]


@measure(
    "missing.offered",
    "Return interviews offered",
    better=Better.MORE,
    source=SOURCE,
    counted_from=COUNTED,
)
def offered(period: Period, at: datetime) -> Part:
    return _all(period, at).parts["offered"]


@measure(
    "missing.repeat",
    "Missing children who went missing more than once",
    better=Better.LESS,
    source=SOURCE,
    counted_from=COUNTED,
)
def repeat(period: Period, at: datetime) -> Part:
    return _all(period, at).parts["repeat"]


@measure(
    "missing.interviews_late",
    "Return interviews overdue at the end",
    better=Better.LESS,
    source=SOURCE,
    counted_from=[Deadline],
)
def interviews_late(period: Period, at: datetime) -> int:
    """Past their 72 hours and still not held, whenever the child returned: the breaches that run."""
    moment = period.until(at)
    open_then = Q(met_at=None) | Q(met_at__gte=moment)
    rows = Deadline.objects.filter(open_then, kind=Kind.RETURN_INTERVIEW, voided_at=None, due_at__lt=moment)
    return rows.count()
