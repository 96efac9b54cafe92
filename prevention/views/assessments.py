"""Standards, and how agencies score themselves against them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import gate
from accounts.pages import press
from accounts.roles import Permission
from frontend import findings
from frontend.held import typed
from frontend.keyset import page_of
from frontend.versions import values_of
from prevention import forms, presenters, selectors, services
from prevention.models import Assessment, Score, Standard
from prevention.rules import GRADES, MEETS, AssessmentState
from prevention.views.common import KEEP, RECORD, VIEW, allowed, ask, confirm, show


@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    user, _ = allowed(request, VIEW)
    page = page_of(request, selectors.assessments(), selectors.ASSESSMENT_KEY)
    return show(request, "assessments", user, page=page, results=selectors.results(page.rows))


@require_safe
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Its scores are the agency's own until they have been moderated."""
    user, _ = allowed(request, VIEW)
    found = _assessment(pk)
    answers = selectors.answers_for(user, found.agency)
    shown = answers or found.state == AssessmentState.MODERATED
    scored = [(*each, _key(each[1])) for each in selectors.scored(found)] if shown else None
    context = {
        "assessment": found,
        "answers": answers,
        "scored": scored,
        "followed": findings.followed([key for *_, key in scored or () if key]),
        "grades": {int(key): label for key, label in GRADES},
        "meets": MEETS,
        "may_chair": Permission.PLAN_CHAIR in user.permissions,
    }
    return show(request, "assessment", user, **context)


@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    user, _ = allowed(request, VIEW)
    return show(request, "standards", user, standards=selectors.standards())


def add_standard(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, KEEP)
    return ask(
        request,
        forms.StandardForm(typed(request)),
        lambda given: services.add_standard(by=user, at=now, **given),
        heading="Add a standard",
        back=reverse("prevention:standards"),
    )


def retire_standard(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Standard, pk=pk)
    return confirm(
        request,
        lambda: services.retire_standard(by=user, at=now, standard=found),
        heading="Retire the standard",
        caption=f"{found.number}. {found.text}",
        button="Retire the standard",
        beside="It will not be asked any more. The scores that were given stay.",
        back=reverse("prevention:standards"),
        said="The standard is not asked any more.",
    )


def begin_assessment(request: HttpRequest) -> HttpResponse:
    user, now = allowed(request, RECORD)
    return ask(
        request,
        forms.BeginForm(typed(request), user=user),
        lambda given: services.begin_assessment(by=user, at=now, **given),
        heading="Begin a self-assessment",
        button="Begin",
        back=reverse("prevention:assessments"),
        onward=lambda made: reverse("prevention:score_standards", args=[made.pk]),
    )


def score_standards(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, RECORD)
    found = _assessment(pk)
    if not selectors.answers_for(user, found.agency):
        gate.refuse("prevention.record", by=user, at=now, subject=found)
    sheet = vars(selectors.sheet(found))
    standards = [standard for standard, _ in selectors.scored(found)]
    return ask(
        request,
        forms.ScoresForm(typed(request), standards=standards, initial=sheet),
        lambda given: services.score_standards(
            by=user, at=now, assessment=found, version=given["version"], scores=given["scores"]
        ),
        heading="Score each standard",
        caption=found.agency.name,
        back=_page(pk),
        names=[name for name in sheet if name != "version"],
    )


@require_POST
def send_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, RECORD)
    found = _assessment(pk)
    return press(
        request,
        lambda: services.send_assessment(by=user, at=now, assessment=found),
        said="The assessment has been sent to be moderated.",
        onward=_page(pk),
    )


def moderate_score(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = get_object_or_404(Score.objects.select_related("standard", "assessment__agency"), pk=pk)
    initial = {**values_of(found, services.MODERATION), "moderated": str(found.settled)}
    return ask(
        request,
        forms.ModerateForm(typed(request), initial=initial),
        lambda given: services.moderate_score(by=user, at=now, score=found, **given),
        heading=f"Moderate standard {found.standard.number}",
        caption=found.assessment.agency.name,
        beside=presenters.scored_by_the_agency(found),
        names=services.MODERATION,
        back=_page(found.assessment_id),
    )


@require_POST
def settle_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    user, now = allowed(request, KEEP)
    found = _assessment(pk)
    return press(
        request,
        lambda: services.settle_assessment(by=user, at=now, assessment=found),
        said="The scores stand.",
        onward=_page(pk),
    )


def _assessment(pk: int) -> Assessment:
    return get_object_or_404(Assessment.objects.select_related("agency", "begun_by", "moderated_by"), pk=pk)


def _key(score: Score | None) -> str:
    """What a score is called by whoever follows it up; empty where there is nothing to."""
    return findings.key(score) if score and score.settled < MEETS else ""


def _page(pk: int) -> str:
    return reverse("prevention:assessment", args=[pk])
