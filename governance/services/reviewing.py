"""Frequent review of operations: audits, learning reviews, their findings, what changed (strategy §3)."""

from datetime import date, datetime

from accounts.gate import command
from accounts.models import Agency, User
from accounts.refusals import NotNow
from accounts.roles import Permission
from frontend.text import local_day
from governance.models import Finding, Review
from governance.rules import ReviewKind

KEEP = Permission.COMMITTEE_KEEP


@command(KEEP)
def begin_review(
    *, by: User, at: datetime, kind: ReviewKind, title: str, agency: Agency | None, looked_at: str, began_on: date
) -> Review:
    """Say what is looked at; `agency` where it is of one alone."""
    review = Review(kind=kind, title=title, agency=agency, looked_at=looked_at, began_on=began_on, added_by=by)
    review.full_clean(exclude=["agency", "added_by"])
    review.save()
    return review


@command(KEEP, on="review")
def add_finding(*, by: User, at: datetime, review: Review, text: str) -> Finding:
    """What was found. Raises NotNow."""
    _must_run(review)
    return Finding.objects.create(review=review, number=review.findings.count() + 1, text=text)


@command(KEEP, on="finding", related=("review",))
def record_change(*, by: User, at: datetime, finding: Finding, what_changed: str) -> Finding:
    """What changed through it, also long after the review; said again, it is corrected."""
    finding.what_changed, finding.changed_on = what_changed, local_day(at)
    finding.save(update_fields=["what_changed", "changed_on"])
    return finding


@command(KEEP, on="review")
def finish_review(*, by: User, at: datetime, review: Review, summary: str) -> Review:
    """What was learnt, in a few sentences. Raises NotNow."""
    _must_run(review)
    if not review.findings.exists():
        raise NotNow("Enter what was found first, also where it is that all was well")
    review.summary, review.finished_on = summary, local_day(at)
    review.save(update_fields=["summary", "finished_on"])
    return review


def _must_run(review: Review) -> None:
    if review.finished_on:
        raise NotNow("This review has been finished")
