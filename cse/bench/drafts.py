"""Drafts with all their indicators answered, ready to be submitted once each."""

from datetime import date, datetime
from itertools import cycle

from django.db import transaction

from accounts.models import GrantKind, User
from accounts.services import let_team_know
from people.models import Child
from riskassessment import sections, selectors
from riskassessment.models import Answer, IndicatorSet, Screening
from riskassessment.rules import PRESENT, Presence

BORN_AFTER = date(2009, 12, 31)
PATTERN = (Presence.CURRENT, Presence.NO, Presence.NO, Presence.HISTORIC, Presence.NOT_KNOWN)
FILLED_IN = {
    "immediate_danger": False,
    "through_technology": "no",
    "childs_words": "“I do not want to talk about it.”",
    "analysis": "Made for measuring. " * 20,
    "further_action": "Made for measuring.",
}
BATCH = 500


def prepare(count: int, author: User, at: datetime) -> list[Screening]:
    """Write so many for the author's team, each of another child. Raises ValueError where one would be refused."""
    in_force = IndicatorSet.objects.in_force(at.date())
    theirs = Screening.objects.filter(author_team=author.team, submitted_at=None).values("child")
    free = Child.objects.filter(date_of_birth__gt=BORN_AFTER, provisional=False, same_as=None).exclude(pk__in=theirs)
    with transaction.atomic():
        drafts = Screening.objects.bulk_create(
            [_draft(child, author, in_force, at) for child in free.order_by("pk")[:count]], batch_size=BATCH
        )
        _let_know(author, drafts, at)
        indicators = list(in_force.indicators.order_by("group", "position"))
        answers = [
            _answer(draft, indicator.pk, presence, at)
            for draft in drafts
            for indicator, presence in zip(indicators, cycle(PATTERN), strict=False)
        ]
        Answer.objects.bulk_create(answers, batch_size=BATCH)
    if drafts:
        _must_be_complete(drafts[0], at)
    return drafts


def _let_know(author: User, drafts: list[Screening], at: datetime) -> None:
    """A draft is written on a child whom its author's team knows."""
    if author.team:
        for draft in drafts:
            let_team_know(draft.child, author.team, kind=GrantKind.AUTHOR, reason="For measuring", by=author, at=at)


def judged_level(draft: Screening, at: datetime) -> int:
    """The level that is suggested for it: the judgement that needs no reason."""
    return int(selectors.suggestion_so_far(draft, on=at.date()).level)


def _draft(child: Child, author: User, in_force: IndicatorSet, at: datetime) -> Screening:
    return Screening(
        child=child,
        indicator_set=in_force,
        author=author,
        author_team=author.team,
        started_at=at,
        changed_at=at,
        changed_by=author,
        **FILLED_IN,
    )


def _answer(draft: Screening, indicator: int, presence: Presence, at: datetime) -> Answer:
    if presence not in PRESENT:
        return Answer(screening=draft, indicator_id=indicator, presence=presence)
    seen_on = at.date() if presence is Presence.CURRENT else None
    evidence = "Seen twice this month at the bus station with an older man."
    return Answer(
        screening=draft,
        indicator_id=indicator,
        presence=presence,
        evidence=evidence,
        source="School",
        observed_on=seen_on,
    )


def _must_be_complete(draft: Screening, at: datetime) -> None:
    contents = selectors.contents(draft).values()
    if lacking := [lack for content in contents for lack in sections.lacks(content, on=at.date())]:
        raise ValueError(f"The prepared drafts would be refused: {lacking[0].sentence}")
