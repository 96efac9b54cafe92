"""What of missing children an action of the plan, or a report, may be measured by (domain.md 16)."""

from collections import Counter, defaultdict
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import Team
from deadlines.models import Deadline
from deadlines.rules import Kind
from figures.marks import marked
from figures.measures import Behind, Better, Cells, breakdown, measure
from figures.once import asked_once
from figures.rules import Part, Period, added
from missing.figures import Figures
from missing.models import Episode, Interview
from missing.rules import OURS, EpisodeType
from missing.selectors.counting import Asked
from missing.selectors.figures import NOBODY_YET, by_authority, by_team
from people.models import Child

SOURCE = "domain.md 16"
WITHIN, OUT = "Ours, and lives here", "Ours, and placed elsewhere"
IN, ELSEWHERE = "Placed here by others", "Of others, and placed elsewhere"
PLACED = {(True, True): WITHIN, (True, False): OUT, (False, True): IN, (False, False): ELSEWHERE}
"""By whether we are responsible for the child, and whether the child lives in our area."""
COUNTED = (Episode, Interview, Child)

marked(Episode, "last_seen_at", "returned_at")
marked(Interview, "(select min(last_seen_at) from public.missing_episode where interview_id = {row}.id)")
marked(Child, only=["same_as_id"])
marked(Deadline, "due_at", "met_at", only=["due_at", "met_at", "voided_at"])


@asked_once
def _all(period: Period, at: datetime) -> Figures:
    return by_authority(Asked(period, at)).whole


@measure(
    "missing.in_time",
    "Return interviews held within 72 hours, of all that were due",
    better=Better.MORE,
    source=f"strategy §7.2; {SOURCE}",
    counted_from=COUNTED,
    by_agency=lambda period, at: _in_time_by_agency(period, at),
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
    behind=Behind("Return interviews overdue at the end", "due_at", lambda period, at: _late(period, at)),
)
def interviews_late(period: Period, at: datetime) -> int:
    return _late(period, at).count()


@breakdown(
    "missing.by_placement",
    "Missing episodes that began, by where the child is placed",
    rows="The child",
    source="domain.md 21, 27",
    order=[WITHIN, OUT, IN, ELSEWHERE],
    counted_from=[Episode],
)
def by_placement(period: Period, at: datetime) -> Cells:
    """As it was when the child went missing, whose authority then was to be told."""
    began = Episode.objects.filter(
        voided_at=None,
        episode_type=EpisodeType.MISSING,
        last_seen_at__gte=period.starts,
        last_seen_at__lt=period.ends,
    )
    found: Counter[tuple[str, str]] = Counter()
    rows = began.values_list("responsible_authority", "host_authority").annotate(count=Count("pk")).order_by()
    for responsible, host, count in rows:
        found[PLACED[responsible == OURS, host == OURS], ""] += count
    return found


def _in_time_by_agency(period: Period, at: datetime) -> dict[str, Part]:
    """By the agency whose team owed the interview."""
    agency_of = {str(each.pk): each.agency.name for each in Team.objects.select_related("agency")}
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for line in by_team(Asked(period, at), {}).lines:
        found[agency_of.get(line.key, NOBODY_YET)].append(line.figures.parts["due_in_time"])
    return {agency: added(parts) for agency, parts in found.items()}


def _late(period: Period, at: datetime) -> QuerySet[Deadline]:
    """Past their 72 hours and still not held, whenever the child returned: the breaches that run.

    None is met later than now; those that are open are few, and have an index.
    """
    moment = period.until(at)
    open_then = Q(met_at=None) if moment == at else Q(met_at=None) | Q(met_at__gte=moment)
    return Deadline.objects.filter(open_then, kind=Kind.RETURN_INTERVIEW, voided_at=None, due_at__lt=moment)
