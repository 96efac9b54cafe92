"""Audits and learning reviews: what was found, what changed through it, what follows in the plan (strategy §3)."""

from django.db.models import Count, Q, QuerySet

from accounts.roles import Permission
from frontend.addresses import url
from frontend.findings import Finding as FollowedUp
from governance.models import Finding, Review

REVIEW_KEY = ("began_on", "id")


def reviews() -> QuerySet[Review]:
    """With how many findings each has, and how many of them changed something."""
    changed = Count("findings", filter=Q(findings__changed_on__isnull=False))
    return Review.objects.select_related("agency").annotate(found=Count("findings"), changed=changed)


def findings(review: Review) -> list[Finding]:
    return list(review.findings.order_by("number"))


def told(pk: int) -> FollowedUp | None:
    """A finding as the plan tells of what its action arose from."""
    found = Finding.objects.select_related("review").filter(pk=pk).first()
    if found is None:
        return None
    title = f"Finding {found.number} of {found.review.title}"
    return FollowedUp(title, found.text, url("governance:review", found.review_id), Permission.COMMITTEE_VIEW)
