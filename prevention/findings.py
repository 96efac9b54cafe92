"""What the registers found wanting, to be followed up in the delivery plan (strategy §7.1)."""

from accounts.roles import Permission
from frontend import findings
from frontend.addresses import url
from frontend.findings import Finding
from frontend.text import date_in_words
from prevention.models import Gap, Score
from prevention.rules import MEETS, AssessmentState


def register() -> None:
    findings.told_by(Score, score)
    findings.told_by(Gap, gap)


def score(pk: int) -> Finding | None:
    """A moderated score that does not meet its standard."""
    rows = Score.objects.select_related("assessment__agency", "standard")
    found = rows.filter(pk=pk, assessment__state=AssessmentState.MODERATED).first()
    if found is None or found.settled >= MEETS:
        return None
    assessment, standard = found.assessment, found.standard
    begun = date_in_words(assessment.begun_on)
    return Finding(
        f"Standard {standard.number} in the self-assessment of {assessment.agency.name}, begun on {begun}",
        f"{assessment.agency.name}: {standard.text}",
        url("prevention:assessment", assessment.pk),
        Permission.PREVENTION_VIEW,
    )


def gap(pk: int) -> Finding | None:
    found = Gap.objects.filter(pk=pk).first()
    if found is None:
        return None
    known = date_in_words(found.found_on)
    return Finding(
        f"A gap in services, known since {known}", found.what, url("prevention:services"), Permission.PREVENTION_VIEW
    )
