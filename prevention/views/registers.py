"""Campaigns, services with what is missing among them, and resources."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from frontend import findings, guides
from frontend.held import typed
from frontend.keyset import page_of
from frontend.text import local_day
from frontend.versions import values_of
from prevention import forms, presenters, selectors
from prevention import services as writes
from prevention.models import Campaign, Gap, Resource, Service
from prevention.rules import Audience, Channel
from prevention.views.common import KEEP, VIEW, allowed, ask, confirm, show


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, VIEW)
    form = forms.AudienceForm(request.GET or None)
    page = page_of(request, selectors.campaigns(form.chosen()), selectors.CAMPAIGN_KEY)
    return show(request, "campaigns", user, form=form, page=page, today=local_day(now), audiences=_audiences)


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    found = get_object_or_404(Campaign.objects.select_related("lead_agency"), pk=pk)
    channels = presenters.labels(Channel, found.channels)
    today = local_day(now)
    return show(request, "campaign", user, campaign=found, audiences=_audiences(found), channels=channels, today=today)


def add_campaign(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, KEEP)
    return ask(
        request,
        forms.CampaignForm(typed(request), today=local_day(now)),
        lambda given: writes.add_campaign(by=user, at=now, **given),
        heading="Add a campaign",
        back=reverse("prevention:campaigns"),
        onward=_to("campaign"),
    )


def change_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Campaign, pk=pk)
    initial = values_of(found, writes.CAMPAIGN)
    return ask(
        request,
        forms.CampaignForm(typed(request), today=local_day(now), initial=initial),
        lambda given: writes.change_campaign(by=user, at=now, campaign=found, **given),
        heading="Change the campaign",
        caption=found.title,
        back=_back("campaign", pk),
        names=writes.CAMPAIGN,
    )


def evaluate_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Campaign, pk=pk)
    return ask(
        request,
        forms.EvaluationForm(typed(request), initial=values_of(found, writes.EVALUATION)),
        lambda given: writes.evaluate_campaign(by=user, at=now, campaign=found, **given),
        heading="Say what came of the campaign",
        caption=found.title,
        back=_back("campaign", pk),
        names=writes.EVALUATION,
    )


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """The directory, and what is missing in it."""
    user, now = allowed(request, VIEW)
    form = forms.AudienceForm(request.GET or None)
    gaps = [(each, findings.key(each)) for each in selectors.gaps()]
    context = {
        "form": form,
        "services": list(selectors.services(form.chosen())),
        "gaps": gaps,
        "followed": findings.followed([key for _, key in gaps]),
        "may_chair": Permission.PLAN_CHAIR in user.permissions,
        "audiences": _audiences,
        "today": local_day(now),
    }
    return show(request, "services", user, **context)


@require_safe
def service(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, VIEW)
    found = get_object_or_404(Service.objects.select_related("owner"), pk=pk)
    return show(request, "service", user, service=found, audiences=_audiences(found), today=local_day(now))


def add_service(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, KEEP)
    return ask(
        request,
        forms.ServiceForm(typed(request), today=local_day(now), initial={"owner": str(user.pk)}),
        lambda given: writes.add_service(by=user, at=now, **given),
        heading="Add a service",
        back=reverse("prevention:services"),
        onward=_to("service"),
    )


def change_service(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Service, pk=pk)
    initial = values_of(found, writes.SERVICE)
    return ask(
        request,
        forms.ServiceForm(typed(request), today=local_day(now), initial=initial),
        lambda given: writes.change_service(by=user, at=now, service=found, **given),
        heading="Change the service",
        caption=found.name,
        back=_back("service", pk),
        names=writes.SERVICE,
    )


def review_service(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Service, pk=pk)
    return ask(
        request,
        forms.ReviewForm(typed(request), today=local_day(now)),
        lambda given: writes.review_service(by=user, at=now, service=found, **given),
        heading="What the directory says is right today",
        caption=found.name,
        back=_back("service", pk),
    )


def withdraw_service(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Service, pk=pk)
    return confirm(
        request,
        lambda: writes.withdraw_service(by=user, at=now, service=found),
        heading="Withdraw the service",
        caption=found.name,
        button="Withdraw the service",
        beside="It will not stand in the directory, and nobody is reminded to review it.",
        back=_back("service", pk),
        said="The service is not in the directory any more.",
    )


def report_gap(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, KEEP)
    return ask(
        request,
        forms.GapForm(typed(request), today=local_day(now)),
        lambda given: writes.report_gap(by=user, at=now, **given),
        heading="Say what is missing",
        back=reverse("prevention:services"),
    )


def close_gap(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Gap, pk=pk)
    return ask(
        request,
        forms.CloseGapForm(typed(request)),
        lambda given: writes.close_gap(by=user, at=now, gap=found, **given),
        heading="Close the gap",
        caption=found.what,
        back=reverse("prevention:services"),
    )


@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, VIEW)
    return show(request, "resources", user, resources=list(selectors.resources()), today=local_day(now))


@require_safe
def resource(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says now, and what it said before."""
    user, now = allowed(request, VIEW)
    found = get_object_or_404(Resource.objects.select_related("owner"), pk=pk)
    versions = list(selectors.versions_of(found))
    shown_at = "; ".join(title for place, title in guides.places().items() if place in found.shown_at)
    return show(request, "resource", user, resource=found, versions=versions, shown_at=shown_at, today=local_day(now))


def add_resource(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, KEEP)
    return ask(
        request,
        forms.ResourceForm(typed(request), today=local_day(now), initial={"owner": str(user.pk)}),
        lambda given: writes.add_resource(by=user, at=now, **given),
        heading="Add a resource",
        back=reverse("prevention:resources"),
        onward=_to("resource"),
    )


def change_resource(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Resource, pk=pk)
    initial = values_of(found, writes.RESOURCE)
    return ask(
        request,
        forms.ChangeResourceForm(typed(request), today=local_day(now), initial=initial),
        lambda given: writes.change_resource(by=user, at=now, resource=found, **given),
        heading="Change the resource",
        caption=found.title,
        back=_back("resource", pk),
        names=writes.RESOURCE,
    )


def publish_version(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Resource, pk=pk)
    newest = selectors.versions_of(found).first()
    initial = {"text": newest.text, "link": newest.link} if newest else {}
    return ask(
        request,
        forms.VersionForm(typed(request), today=local_day(now), initial=initial),
        lambda given: writes.publish_version(by=user, at=now, resource=found, **given),
        heading="Publish a new version",
        caption=found.title,
        button="Publish",
        back=_back("resource", pk),
    )


def review_resource(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Resource, pk=pk)
    return ask(
        request,
        forms.ReviewForm(typed(request), today=local_day(now)),
        lambda given: writes.review_resource(by=user, at=now, resource=found, **given),
        heading="What it says still holds",
        caption=found.title,
        back=_back("resource", pk),
    )


def withdraw_resource(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Resource, pk=pk)
    return confirm(
        request,
        lambda: writes.withdraw_resource(by=user, at=now, resource=found),
        heading="Withdraw the resource",
        caption=found.title,
        button="Withdraw the resource",
        beside="No page will lead to it. What it said can still be read at its address.",
        back=_back("resource", pk),
        said="The resource has been withdrawn.",
    )


def _audiences(record: Campaign | Service | Gap) -> str:
    return presenters.labels(Audience, record.audiences)


def _back(name: str, pk: int) -> str:
    return reverse(f"prevention:{name}", args=[pk])


def _to(name: str) -> Any:
    """To the page of what was made."""
    return lambda made: _back(name, made.pk)
