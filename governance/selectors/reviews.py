"""Audits and learning reviews: what was found, what changed through it, what follows in the plan (strategy §3)."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from delivery_plan.models import Action
from governance.models import Finding, Review

REVIEW_KEY = ("began_on", "id")


def reviews() -> QuerySet[Review]:
    """With how many findings each has, and how many of them changed something."""
    changed = Count("findings", filter=Q(findings__changed_on__isnull=False))
    return Review.objects.select_related("agency").annotate(found=Count("findings"), changed=changed)


def findings(review: Review) -> list[Finding]:
    return list(review.findings.order_by("number"))


def in_the_plan(rows: Iterable[Finding]) -> dict[int, list[Action]]:
    """Finding → the actions of the plan that arise from it."""
    keys = {called(each): each.pk for each in rows}
    found: dict[int, list[Action]] = {}
    for action in Action.objects.filter(finding__in=keys).order_by("plan", "number"):
        found.setdefault(keys[action.finding], []).append(action)
    return found


def called(finding: Finding) -> str:
    """How the plan calls what its action arises from."""
    return f"governance.finding.{finding.pk}"
