"""Campaigns, services with what is missing among them, resources in their versions."""

from datetime import date, datetime

from django.db.models import F, Max, QuerySet

from figures.rules import Part, Period
from frontend.addresses import url
from frontend.guides import Guide
from frontend.text import local_day
from prevention.models import Campaign, Gap, Resource, ResourceVersion, Service

CAMPAIGN_KEY = ("starts_on", "id")


def campaigns(audience: str = "") -> QuerySet[Campaign]:
    rows = Campaign.objects.select_related("lead_agency")
    return rows.filter(audiences__contains=[audience]) if audience else rows


def evaluated(period: Period, at: datetime) -> Part:
    """Of the campaigns that ended in the period, those whose reach and evaluation were written down."""
    last = min(period.last, local_day(at))
    ended = Campaign.objects.filter(ends_on__gte=period.first, ends_on__lte=last)
    return Part(ended.filter(evaluated_on__lte=last).count(), ended.count())


def services(audience: str = "") -> QuerySet[Service]:
    """Those that are there, by name; for whom is asked."""
    rows = Service.objects.filter(withdrawn_on=None).select_related("owner").order_by("name", "pk")
    return rows.filter(audiences__contains=[audience]) if audience else rows


def gaps_closed(day: date) -> Part:
    """Of the gaps found by this day, those closed by it."""
    found = Gap.objects.filter(found_on__lte=day)
    return Part(found.filter(closed_on__lte=day).count(), found.count())


def gaps() -> QuerySet[Gap]:
    """Those that stand first, the oldest first."""
    rows = Gap.objects.select_related("reported_by")
    return rows.order_by(F("closed_on").desc(nulls_first=True), "found_on", "pk")


def resources() -> QuerySet[Resource]:
    """Those that hold, with the number of their newest version."""
    rows = Resource.objects.filter(withdrawn_on=None).select_related("owner")
    return rows.annotate(newest=Max("versions__number")).order_by("kind", "title", "pk")


def guides_at(place: str) -> list[Guide]:
    """The resources that hold and are needed there; one query."""
    rows = Resource.objects.filter(withdrawn_on=None, shown_at__contains=[place]).order_by("kind", "title", "pk")
    return [Guide(each.title, str(each.get_kind_display()), url("prevention:resource", each.pk)) for each in rows]


def versions_of(resource: Resource) -> QuerySet[ResourceVersion]:
    """The newest first."""
    return ResourceVersion.objects.filter(resource=resource).select_related("published_by").order_by("-number")
