"""CMOG's list of children, what was said of them, and what is tabled beside them (domain.md 22)."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts import policy
from accounts.models import User
from governance.models import Concern, ConcernNote, Discussion, Meeting
from governance.rules import Decided
from people.models import Child, Involvement
from riskassessment.models import Screening

LIST_KEY = ("level", "cmog_listed_at", "id")
NOT_SCREENED = -1
SHOWN = 20


def listed(user: User) -> QuerySet[Involvement]:
    """The open cases on CMOG's list whose child this person sees: the gravest level first, then who came last."""
    last = Screening.objects.filter(child=OuterRef("child"), submitted_at__isnull=False).order_by("-submitted_at")
    level = Coalesce(Subquery(last.values("effective_level")[:1]), NOT_SCREENED, output_field=IntegerField())
    rows = policy.visible(user, Involvement).filter(closed_at=None, cmog_listed_at__isnull=False)
    return rows.annotate(level=level).select_related("child", "key_worker", "team")


def discussions(user: User, meeting: Meeting, children: Collection[int]) -> dict[int, Discussion]:
    """Child → what this meeting said of them."""
    rows = policy.visible(user, Discussion).filter(meeting=meeting, child__in=children)
    return {each.child_id: each for each in rows}


def last_discussed(user: User, children: Collection[int]) -> dict[int, Discussion]:
    """Child → the last meeting at which they were talked about."""
    rows = policy.visible(user, Discussion).filter(child__in=children).select_related("meeting")
    return {each.child_id: each for each in rows.order_by("child", "-recorded_at").distinct("child")}


def stepping_down(user: User, meeting: Meeting) -> QuerySet[Discussion]:
    rows = policy.visible(user, Discussion).filter(meeting=meeting, decided=Decided.STEPS_DOWN)
    return rows.select_related("child")


def panel(user: User, child: Child, at: datetime) -> dict[str, object]:
    """What was said of a child, on their page."""
    rows = policy.visible(user, Discussion).filter(child=child).select_related("meeting", "recorded_by")
    return {"discussions": list(rows.order_by("-recorded_at", "-pk")[:SHOWN])}


def concerns(meeting: Meeting) -> list[Concern]:
    """Those that were open when the meeting was held, with all that was said of them up to then."""
    notes = ConcernNote.objects.filter(meeting__held_on__lte=meeting.held_on).select_related("meeting")
    rows = Concern.objects.filter(tabled_at__held_on__lte=meeting.held_on).exclude(closed_on__lt=meeting.held_on)
    rows = rows.prefetch_related(Prefetch("notes", notes.order_by("-meeting__held_on", "-pk")))
    return list(rows.order_by("kind", "title", "pk"))


def discussed(user: User, meeting: Meeting) -> QuerySet[Discussion]:
    return policy.visible(user, Discussion).filter(meeting=meeting)
