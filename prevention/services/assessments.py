"""What is done to standards, and to agencies' self-assessments against them (strategy §7.1, domain.md 33)."""

from collections.abc import Mapping
from datetime import datetime

from accounts.gate import command, refuse
from accounts.models import Agency, User
from accounts.refusals import Changed, NotNow
from accounts.roles import Permission
from frontend.text import local_day
from prevention import selectors
from prevention.conflicts import changed
from prevention.models import Assessment, Score, Standard
from prevention.rules import AssessmentState

MODERATION = ("moderated", "moderated_reason")


@command(Permission.PREVENTION_KEEP)
def add_standard(*, by: User, at: datetime, text: str) -> Standard:
    """One more to judge oneself by, numbered after the last."""
    standard = Standard(number=selectors.next_number(), text=text)
    standard.full_clean()
    standard.save()
    return standard


@command(Permission.PREVENTION_KEEP, on="standard")
def retire_standard(*, by: User, at: datetime, standard: Standard) -> Standard:
    """Asked no more. Raises NotNow."""
    if standard.retired_on:
        raise NotNow("This standard has already been retired")
    standard.retired_on = local_day(at)
    standard.save(update_fields=["retired_on"])
    return standard


@command(Permission.PREVENTION_RECORD)
def begin_assessment(*, by: User, at: datetime, agency: Agency) -> Assessment:
    """A manager begins that of their own agency; who keeps the registers any. Raises NotNow."""
    _must_answer_for(by, agency, at=at)
    if Assessment.objects.filter(agency=agency).exclude(state=AssessmentState.MODERATED).exists():
        raise NotNow("There is an assessment of this agency that has not been moderated yet")
    if not selectors.standards():
        raise NotNow("There are no standards yet to assess an agency by")
    return Assessment.objects.create(agency=agency, begun_on=local_day(at), begun_by=by)


@command(Permission.PREVENTION_RECORD, on="assessment", related=("agency",))
def score_standards(
    *, by: User, at: datetime, assessment: Assessment, version: int, scores: Mapping[int, tuple[int, str]]
) -> Assessment:
    """Standard → score and evidence, as many as are known; said again, they are corrected. Raises Changed, NotNow."""
    _must_answer_for(by, assessment.agency, at=at)
    if assessment.state != AssessmentState.DRAFT:
        raise NotNow("This assessment has been sent, so its scores are not changed any more")
    theirs = selectors.sheet(assessment)
    if theirs.version != version:
        raise Changed(theirs)
    known = {each.standard_id: each for each in assessment.scores.all()}
    for key, (score, evidence) in scores.items():
        given = known.get(key) or Score(assessment=assessment, standard_id=key, version=0)
        if (given.score, given.evidence) != (score, evidence):
            given.score, given.evidence, given.version = score, evidence, given.version + 1
            given.full_clean(exclude=["assessment", "standard"])
            given.save()
    return assessment


@command(Permission.PREVENTION_RECORD, on="assessment", related=("agency",))
def send_assessment(*, by: User, at: datetime, assessment: Assessment) -> Assessment:
    """To be moderated, once every standard has its score. Raises NotNow."""
    _must_answer_for(by, assessment.agency, at=at)
    if assessment.state != AssessmentState.DRAFT:
        raise NotNow("This assessment has already been sent")
    if any(score is None for _, score in selectors.scored(assessment)):
        raise NotNow("Score every standard before you send the assessment")
    assessment.state, assessment.sent_on = AssessmentState.SENT, local_day(at)
    assessment.save(update_fields=["state", "sent_on"])
    return assessment


@command(Permission.PREVENTION_KEEP, on="score", related=("assessment",))
def moderate_score(
    *, by: User, at: datetime, score: Score, version: int, moderated: int, moderated_reason: str
) -> Score:
    """What the partnership makes of it, and why. Raises Changed, NotNow."""
    if score.assessment.state != AssessmentState.SENT:
        raise NotNow("This assessment does not wait to be moderated")
    given = {"moderated": moderated, "moderated_reason": moderated_reason}
    return changed(score, version, given, MODERATION)


@command(Permission.PREVENTION_KEEP, on="assessment")
def settle_assessment(*, by: User, at: datetime, assessment: Assessment) -> Assessment:
    """Its scores stand, those that nobody moderated as the agency gave them. Raises NotNow."""
    if assessment.state != AssessmentState.SENT:
        raise NotNow("This assessment does not wait to be moderated")
    assessment.state, assessment.moderated_on = AssessmentState.MODERATED, local_day(at)
    assessment.moderated_by = by
    assessment.save(update_fields=["state", "moderated_on", "moderated_by"])
    return assessment


def _must_answer_for(by: User, agency: Agency, *, at: datetime) -> None:
    if not selectors.answers_for(by, agency):
        refuse("prevention.record", by=by, at=at, subject=agency)
