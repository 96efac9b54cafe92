"""Standards, and how agencies have scored themselves against them over time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django.db.models import Max, QuerySet

from figures.rules import Part, added
from prevention.models import Assessment, Score, Standard
from prevention.rules import MEETS, AssessmentState

ASSESSMENT_KEY = ("begun_on", "id")


@dataclass(frozen=True)
class Result:
    """An assessment on the list: how many of its scores meet the standard, and of the same agency the time before."""

    assessment: Assessment
    met: Part
    before: Part | None


def standards() -> list[Standard]:
    """Those that are asked, in their order."""
    return list(Standard.objects.filter(retired_on=None).order_by("number"))


def next_number() -> int:
    return (Standard.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def assessments() -> QuerySet[Assessment]:
    return Assessment.objects.select_related("agency")


def scored(assessment: Assessment) -> list[tuple[Standard, Score | None]]:
    """Each standard with its score: those that are asked while it is written, later those that were."""
    scores = {each.standard_id: each for each in assessment.scores.select_related("standard")}
    if assessment.state == AssessmentState.DRAFT:
        asked = {each.pk: each for each in standards()} | {key: each.standard for key, each in scores.items()}
    else:
        asked = {key: each.standard for key, each in scores.items()}
    return [(each, scores.get(each.pk)) for each in sorted(asked.values(), key=lambda each: each.number)]


def sheet(assessment: Assessment) -> SimpleNamespace:
    """Its scores as one record, by the names that its form gives them; each change of one is a version of it."""
    asked = scored(assessment)
    scores = {f"score_{standard.pk}": str(score.score) if score else "" for standard, score in asked}
    evidence = {f"evidence_{standard.pk}": score.evidence if score else "" for standard, score in asked}
    return SimpleNamespace(**scores, **evidence, version=sum(score.version for _, score in asked if score))


def results(rows: Iterable[Assessment]) -> list[Result]:
    """With the agency's moderated assessment before each; two queries for all."""
    rows = list(rows)
    agencies = {each.agency_id for each in rows}
    earlier = list(
        Assessment.objects.filter(agency__in=agencies, state=AssessmentState.MODERATED).order_by("-begun_on", "-pk")
    )
    met = _met({each.pk for each in [*rows, *earlier]})
    return [_result(each, earlier, met) for each in rows]


def standards_met(day: date) -> Part:
    """Of the scores in each agency's last moderated assessment by this day, those that meet their standard."""
    return added(standards_met_by_agency(day).values())


def standards_met_by_agency(day: date) -> dict[str, Part]:
    last = Assessment.objects.filter(moderated_on__lte=day).order_by("agency", "-moderated_on", "-pk")
    agency_of = dict(last.distinct("agency").values_list("pk", "agency__name"))
    return {agency_of[pk]: part for pk, part in _met(set(agency_of)).items()}


def _result(each: Assessment, earlier: list[Assessment], met: Mapping[int, Part]) -> Result:
    key = (each.begun_on, each.pk)
    before = next(
        (old for old in earlier if old.agency_id == each.agency_id and (old.begun_on, old.pk) < key),
        None,
    )
    return Result(each, met.get(each.pk, Part(0, 0)), met.get(before.pk, Part(0, 0)) if before else None)


def _met(keys: set[int]) -> dict[int, Part]:
    """How many scores of each assessment meet the standard, the moderator's before the agency's own."""
    found: dict[int, list[bool]] = {}
    for score in Score.objects.filter(assessment__in=keys):
        found.setdefault(score.assessment_id, []).append(score.settled >= MEETS)
    return {key: Part(sum(met), len(met)) for key, met in found.items()}
