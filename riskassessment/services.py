"""Writing screenings: start, fill in, submit, countersign, discard; and loading a set of indicators."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.urls import reverse

import deadlines.services
from accounts import selectors as people_and_teams
from accounts import services as accounts_services
from accounts.gate import command
from accounts.models import GrantKind, Team, User
from accounts.refusals import Refusal
from accounts.roles import Permission, Role
from deadlines.rules import Kind
from frontend import stored
from frontend.text import local_day
from people import selectors as people_selectors
from people import services as people_services
from people.models import Child, Involvement
from people.rules import CHILDHOOD_ENDS, age_on
from riskassessment import guidance, routing, sections, selectors
from riskassessment.models import Answer, Countersignature, Indicator, IndicatorSet, PhraseUse, Screening
from riskassessment.rules import Level
from riskassessment.sections import AnswerValue, Section

REVIEWS: Mapping[Level, Kind] = {
    Level.SERIOUS: Kind.REVIEW_SERIOUS,
    Level.SIGNIFICANT: Kind.REVIEW_SIGNIFICANT,
    Level.AT_RISK: Kind.REVIEW_AT_RISK,
}
KEPT_BY_A_SCREENING = (*REVIEWS.values(), Kind.SCREENING_DUE)
"""The review of the one before, and what repeated missing asked for (domain.md 7, 15)."""

JUDGEMENT = (
    "suggested_level",
    "suggested_because",
    "rule_version",
    "judged_level",
    "judged_reason",
    "countersignature",
    "submitted_at",
    "submitted_by",
)


class AlreadySubmitted(Refusal):
    """The screening is locked."""


class NotComplete(Refusal):
    """Something must still be answered."""


class Stale(Refusal):
    """Somebody else changed the same part after this page was opened; `theirs` is what is stored now."""

    def __init__(self, theirs: sections.Content) -> None:
        super().__init__("Someone else changed this page after you opened it. Nothing was overwritten.")
        self.theirs = theirs


class CannotCountersign(Refusal):
    """Not waiting, or one's own."""


@command(Permission.SCREENING_FILL_IN, on="child")
def start(*, by: User, at: datetime, child: Child) -> Screening:
    """Begin a draft on the set in force today, or go on with the one the team has: there is one at a time."""
    if by.team is None:
        raise Refusal("You are in no team yet. Ask your administrator to place you in one.")
    if child.date_of_birth and age_on(child.date_of_birth, local_day(at)) >= CHILDHOOD_ENDS:
        raise Refusal("This person is 18 or over. Use the adult safeguarding pathway.")
    draft, _ = Screening.objects.get_or_create(
        child=child,
        author_team=by.team,
        submitted_at=None,
        defaults={
            "indicator_set": IndicatorSet.objects.in_force(local_day(at)),
            "author": by,
            "changed_by": by,
            "started_at": at,
            "changed_at": at,
        },
    )
    return draft


@command(Permission.SCREENING_FILL_IN, on="screening", parts=selectors.answers_by_code)
def save_section(
    *,
    by: User,
    at: datetime,
    screening: Screening,
    section: Section,
    seen: str,
    columns: Mapping[str, Any],
    answers: Mapping[int, AnswerValue],
) -> Screening:
    """Keep what was typed on one page of a draft, complete or not.

    `seen` is the digest of the section as the page showed it: if it is no longer so, nothing is overwritten and
    `Stale` is raised, unless what was typed is what is stored anyway.
    """
    _must_be_draft(screening)
    stored = selectors.content(screening, section)
    changed = {
        line.key: answers[line.key] for line in stored.lines if answers.get(line.key, line.answer) != line.answer
    }
    new_columns = {name: value for name, value in columns.items() if value != stored.columns[name]}
    if not changed and not new_columns:
        return screening
    if seen != stored.digest:
        raise Stale(stored)
    _store_answers(screening, changed)
    for name, value in new_columns.items():
        setattr(screening, name, value)
    screening.version += 1
    screening.changed_at, screening.changed_by = at, by
    screening.save(update_fields=[*new_columns, "version", "changed_at", "changed_by"])
    return screening


@command(Permission.SCREENING_FILL_IN, on="screening", related=("child", "indicator_set", "author_team"))
def submit(
    *, by: User, at: datetime, screening: Screening, seen: int, judged_level: Level, judged_reason: str
) -> Screening:
    """Lock the screening with the suggested and the judged level, open its review, and route it (domain.md 4, 6, 7).

    `seen` is the version whose answers the person checked; raises NotComplete if they have changed since.
    """
    _must_be_draft(screening)
    if seen != screening.version:
        raise NotComplete("An answer was changed after you opened this page. Check the answers again.")
    contents = selectors.contents(screening)
    lines = [line for content in contents.values() for line in content.lines]
    suggested = selectors.suggestion(screening, lines, on=local_day(at))
    _must_be_complete(contents, suggested.level, on=local_day(at))
    if judged_level != suggested.level and not judged_reason:
        raise NotComplete("Enter why your judgement differs from the suggested level")
    screening.suggested_level, screening.suggested_because = suggested.level, suggested.because
    screening.rule_version = suggested.rule_version
    screening.judged_level, screening.judged_reason = judged_level, judged_reason
    lower = judged_level < suggested.level
    screening.countersignature = Countersignature.WAITING if lower else Countersignature.NOT_NEEDED
    screening.submitted_at, screening.submitted_by = at, by
    stored.update(screening, *JUDGEMENT)
    screening.effective_level = suggested.level if lower else judged_level
    _let_know_and_route(screening, by=by, at=at)
    _count_phrases(screening, at=at)
    return screening


@command(Permission.SCREENING_COUNTERSIGN, on="screening")
def countersign(*, by: User, at: datetime, screening: Screening, agree: bool, reason: str) -> Screening:
    """Agree to a lower judgement, or refuse it and let the suggested level stand (domain.md 4)."""
    if screening.countersignature != Countersignature.WAITING:
        raise CannotCountersign("This judgement is not waiting for a countersignature any more.")
    if screening.submitted_by_id == by.pk:
        raise CannotCountersign("You submitted this screening. Somebody else must countersign it.")
    screening.countersignature = Countersignature.AGREED if agree else Countersignature.REFUSED
    screening.countersigned_by, screening.countersigned_at = by, at
    screening.countersign_reason = reason
    screening.save(update_fields=["countersignature", "countersigned_by", "countersigned_at", "countersign_reason"])
    screening.refresh_from_db(fields=["effective_level"])
    deadlines.services.meet(Kind.COUNTERSIGNATURE, subject=screening, at=at)
    if agree and _is_latest(screening):
        _reopen_review(screening, at=at)
    deadlines.services.notify(
        [screening.submitted_by] if screening.submitted_by else [],
        key=f"countersigned:{screening.pk}",
        text=f"Your judgement in {screening.reference} was {screening.get_countersignature_display().lower()}",
        path=reverse("riskassessment:screening", args=[screening.pk]),
        at=at,
    )
    return screening


@command(Permission.SCREENING_FILL_IN, on="screening", parts=selectors.answers_by_code)
def discard(*, by: User, at: datetime, screening: Screening) -> None:
    """Throw a draft away. What it held stays in the log."""
    _must_be_draft(screening)
    Answer.objects.filter(screening=screening).delete()
    screening.delete()


@command(Permission.INDICATOR_SET_LOAD)
def load_indicator_set(*, by: User, at: datetime, content: Mapping[str, Any]) -> IndicatorSet:
    """Add a version of the indicators as data; screenings already made keep theirs (domain.md 1)."""
    lines: Sequence[Mapping[str, Any]] = content["indicators"]
    values = {name: content[name] for name in ("version", "name", "source", "in_force_from", "rule")}
    if IndicatorSet.objects.filter(version=values["version"]).exists():
        raise Refusal(f"Version {values['version']} is loaded already. Give the new set a new version.")
    made = IndicatorSet.objects.create(**values)
    Indicator.objects.bulk_create(Indicator(indicator_set=made, **line) for line in lines)
    return made


def _must_be_draft(screening: Screening) -> None:
    if not screening.is_draft:
        raise AlreadySubmitted(f"{screening.reference} has been submitted and can no longer be changed.")


def _must_be_complete(contents: selectors.Contents, suggested: Level, *, on: date) -> None:
    found = [lack for content in contents.values() for lack in sections.lacks(content, on=on)]
    nil = sections.nil_lack(suggested, contents[Section.ANALYSIS].columns["further_action"])
    if nil:
        found.append(nil)
    if found:
        raise NotComplete(found[0].sentence)


def _store_answers(screening: Screening, changed: Mapping[int, AnswerValue]) -> None:
    Answer.objects.bulk_create(
        [Answer(screening=screening, indicator_id=key, **vars(value)) for key, value in changed.items()],
        update_conflicts=True,
        unique_fields=["screening", "indicator"],
        update_fields=["presence", "evidence", "source", "observed_on"],
    )


def _let_know_and_route(screening: Screening, *, by: User, at: datetime) -> None:
    child, mash = screening.child, people_and_teams.mash_team()
    accounts_services.let_teams_know(
        child,
        {screening.author_team_id, mash.pk},
        kind=GrantKind.SCREENING,
        reason=f"Screening {screening.reference}",
        by=by,
        at=at,
    )
    case = people_selectors.case_of(child)
    if case and case.cmog_listed_at is None and screening.effective >= Level.SIGNIFICANT:
        # Before its promises: whoever names a key worker locks them in this order too.
        people_services.list_at_cmog(child, by=by, at=at)
    deadlines.services.meet_all(KEPT_BY_A_SCREENING, child=child, at=at)
    _start_review(screening, case, at=at)
    if screening.countersignature == Countersignature.WAITING:
        _ask_for_countersignature(screening, at=at)
    if case:
        _tell_the_case(screening, case, at=at)
    if case is None or screening.immediate_danger:
        # In danger MASH hears of it although a case is open: its people may not be at work now.
        routing.to_mash(screening, mash, by=by, at=at)


def _start_review(screening: Screening, case: Involvement | None, *, at: datetime) -> None:
    kind = REVIEWS.get(Level(screening.effective_level or 0))
    if kind:
        deadlines.services.start(
            kind,
            subject=screening,
            child=screening.child,
            started_at=screening.submitted_at or at,
            owner_team=case.team if case else screening.author_team,
            owner=case.key_worker if case else None,
            at=at,
        )


def _is_latest(screening: Screening) -> bool:
    """A newer screening has a review of its own, and has met this one's."""
    newer = Screening.objects.filter(child=screening.child_id, submitted_at__gt=screening.submitted_at)
    return not newer.exists()


def _reopen_review(screening: Screening, *, at: datetime) -> None:
    """An agreed lower level has a later review, counted from the same submission."""
    for kind in REVIEWS.values():
        deadlines.services.void(kind, subject=screening, at=at, reason="Countersigned at a lower level")
    _start_review(screening, people_selectors.case_of(screening.child), at=at)


def _ask_for_countersignature(screening: Screening, *, at: datetime) -> None:
    """From the author's own managers; where there is no other manager, from MASH."""
    team, managers = screening.author_team, _managers_but(screening.submitted_by, screening.author_team)
    if not managers:
        team = people_and_teams.mash_team()
        managers = list(people_and_teams.members_with(Role.MASH, team=team))
    deadlines.services.start(
        Kind.COUNTERSIGNATURE, subject=screening, child=screening.child, started_at=at, owner_team=team
    )
    deadlines.services.notify(
        managers,
        key=f"countersign:{screening.pk}",
        text=f"{screening.reference} waits for a countersignature",
        path=reverse("riskassessment:countersign", args=[screening.pk]),
        at=at,
    )


def _tell_the_case(screening: Screening, case: Involvement, *, at: datetime) -> None:
    """An open case: to its key worker and the CSE co-ordinator; CMOG has listed it (domain.md 6, 22)."""
    text = f"A new screening was submitted for a child you work with: {screening.reference}"
    if screening.immediate_danger:
        text = f"IMMEDIATE DANGER was reported for a child you work with: read {screening.reference} now"
    deadlines.services.notify(
        people_selectors.who_holds(case, at=at),
        key=f"screened:{screening.pk}",
        text=text,
        path=reverse("riskassessment:screening", args=[screening.pk]),
        at=at,
    )


def _managers_but(user: User | None, team: Team) -> list[User]:
    return [manager for manager in people_and_teams.members_with(Role.TEAM_MANAGER, team=team) if manager != user]


def _count_phrases(screening: Screening, *, at: datetime) -> None:
    """domain.md 39: counted by month, never against a person."""
    month = local_day(at).replace(day=1)
    for prompt in guidance.prompts(screening.analysis):
        PhraseUse.objects.get_or_create(phrase=prompt.code, month=month)
        PhraseUse.objects.filter(phrase=prompt.code, month=month).update(times=F("times") + 1)
