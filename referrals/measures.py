"""What of MASH's work an action of the plan, or a report, may be measured by (domain.md 18)."""

from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from deadlines.models import Deadline
from deadlines.rules import Kind
from figures.marks import marked
from figures.measures import Behind, Better, Cells, breakdown, measure
from figures.rules import Part, Period
from referrals.models import Referral
from referrals.rules import Outcome

_IN_TIME = Q(met_at__isnull=False, met_at__lte=F("due_at"))

marked(Referral, "received_at", "decided_at")
marked(Deadline, "due_at", "met_at", only=["due_at", "met_at", "voided_at"])


@measure(
    "referrals.received",
    "Referrals received in MASH",
    better=Better.MORE,
    source="domain.md 27",
    counted_from=[Referral],
    behind=Behind("Referrals received in MASH", "received_at", lambda period, at: _received(period)),
)
def received(period: Period, at: datetime) -> int:
    return _received(period).count()


@measure(
    "referrals.decided_in_time",
    "Referrals decided within one working day, of all that were due",
    better=Better.MORE,
    source="domain.md 18",
    counted_from=[Deadline],
    behind=Behind(
        "Referrals not decided within one working day",
        "due_at",
        lambda period, at: _decisions_due(period, at).exclude(_IN_TIME),
    ),
)
def decided_in_time(period: Period, at: datetime) -> Part:
    return Part(**_decisions_due(period, at).aggregate(of=Count("pk", filter=_IN_TIME), whole=Count("pk")))


@breakdown(
    "referrals.by_outcome",
    "Referrals decided, by outcome",
    rows="Outcome",
    source="domain.md 19, 27",
    order=Outcome.labels,
    counted_from=[Referral],
)
def by_outcome(period: Period, at: datetime) -> Cells:
    rows = Referral.objects.filter(decided_at__gte=period.starts, decided_at__lt=period.ends).exclude(outcome="")
    counted = rows.values_list("outcome").annotate(count=Count("pk")).order_by()
    return {(str(Outcome(outcome).label), ""): count for outcome, count in counted}


def _received(period: Period) -> QuerySet[Referral]:
    return Referral.objects.filter(received_at__gte=period.starts, received_at__lt=period.ends)


def _decisions_due(period: Period, at: datetime) -> QuerySet[Deadline]:
    return Deadline.objects.filter(
        kind=Kind.MASH_DECISION, voided_at=None, due_at__gte=period.starts, due_at__lt=period.until(at)
    )
