"""Reading screenings: their sections, the level they suggest, what changed since the last one, and the lists."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from frontend.prepared import Given, Prepared
from people.models import Child
from riskassessment import rules
from riskassessment.models import Answer, Indicator, Screening
from riskassessment.rules import Finding, Group, Level, Presence, Suggestion
from riskassessment.sections import COLUMNS, INDICATORS_OF, AnswerValue, Content, Line, Section

Contents = Mapping[Section, Content]
_ANSWERS = Prepared(
    lambda: Answer.objects.filter(screening=Given("screening")).values_list(
        "indicator_id", "presence", "evidence", "source", "observed_on"
    )
)


def lines_of(screening: Screening) -> list[Line]:
    """Every indicator of the screening's own set, in the strategy's order, with its answer; one query."""
    answers = {
        key: AnswerValue(presence, evidence, source, day)
        for key, presence, evidence, source, day in _ANSWERS.ask(screening=screening.pk)
    }
    return [_line(indicator, answers.get(indicator.pk)) for indicator in _indicators(screening.indicator_set_id)]


def contents(screening: Screening) -> Contents:
    """The whole screening by section."""
    lines = lines_of(screening)
    return {section: _content(screening, section, lines) for section in Section}


def content(screening: Screening, section: Section) -> Content:
    """One section."""
    return _content(screening, section, lines_of(screening) if section in INDICATORS_OF else [])


def suggestion(screening: Screening, lines: Sequence[Line], *, on: date) -> Suggestion:
    """What the screening's own rule suggests for these answers on a day (domain.md 3, 4)."""
    findings = [
        Finding(line.code, Group(line.group), line.wording, Presence(line.answer.presence))
        for line in lines
        if line.answer.presence
    ]
    return rules.suggest(
        screening.indicator_set.rule,
        findings,
        born=screening.child.date_of_birth,
        learning_disability=screening.child.learning_disability,
        on=on,
        other_described=bool(screening.other_indicator),
    )


def suggestion_so_far(screening: Screening, *, on: date) -> Suggestion:
    return suggestion(screening, lines_of(screening), on=on)


def previous(user: User, screening: Screening) -> Screening | None:
    """The child's last submitted screening before this one, if the user may see it."""
    earlier = policy.visible(user, Screening).filter(child=screening.child_id, submitted_at__isnull=False)
    if screening.submitted_at:
        earlier = earlier.filter(submitted_at__lt=screening.submitted_at)
    return earlier.exclude(pk=screening.pk).select_related("author", "author_team").order_by("-submitted_at").first()


def drafts(user: User) -> QuerySet[Screening]:
    """What this person's teams have begun, the last touched first."""
    rows = policy.visible(user, Screening).filter(submitted_at=None, author_team__in=user.team_ids)
    return rows.select_related("child", "author").order_by("-changed_at", "-pk")


def submitted(user: User) -> QuerySet[Screening]:
    """Every submitted screening this person may see."""
    rows = policy.visible(user, Screening).filter(submitted_at__isnull=False)
    return rows.select_related("child", "author", "author_team__agency")


def to_countersign(user: User) -> QuerySet[Screening]:
    """Lower judgements that wait for this person: never their own (domain.md 4)."""
    if Permission.SCREENING_COUNTERSIGN not in user.permissions:
        return Screening.objects.none()
    return submitted(user).filter(countersignature="waiting").exclude(submitted_by=user.pk).order_by("submitted_at")


def of_child(user: User, child: Child) -> QuerySet[Screening]:
    """A child's screenings and this team's draft, the newest first."""
    rows = policy.visible(user, Screening).filter(child=child)
    return rows.select_related("author", "author_team__agency").order_by("-changed_at")


def level_of(child: Child) -> Level | None:
    """The child's effective level: that of the last submitted screening."""
    rows = Screening.objects.filter(child=child, submitted_at__isnull=False).order_by("-submitted_at")
    last = rows.values_list("effective_level", flat=True).first()
    return None if last is None else Level(last)


def screened_since(children: Collection[int], moment: datetime) -> bool:
    """Whether a screening on one of these records of a child was submitted after this moment."""
    return Screening.objects.filter(child__in=children, submitted_at__gt=moment).exists()


def answers_by_code(screening: Screening) -> dict[str, Any]:
    """The answers, for the log: they are part of the screening although they have rows of their own."""
    rows = Answer.objects.filter(screening=screening).values_list(
        "indicator__code", "presence", "evidence", "source", "observed_on"
    )
    return {f"answer_{code}": [*values, str(day or "")] for code, *values, day in rows}


@lru_cache(maxsize=8)
def _indicators(indicator_set_pk: int) -> tuple[Indicator, ...]:
    """Read once per process: a version of the indicators never changes once it is loaded (domain.md 1)."""
    return tuple(Indicator.objects.filter(indicator_set=indicator_set_pk).order_by("group", "position"))


def _line(indicator: Indicator, answer: AnswerValue | None) -> Line:
    return Line(
        key=indicator.pk,
        code=indicator.code,
        group=indicator.group,
        wording=indicator.wording,
        meaning=indicator.meaning,
        meaning_source=indicator.meaning_source,
        answer=answer or AnswerValue(),
    )


def _content(screening: Screening, section: Section, lines: Sequence[Line]) -> Content:
    columns = {name: getattr(screening, name) for name in COLUMNS[section]}
    group = INDICATORS_OF.get(section)
    return Content(section, columns, [line for line in lines if line.group == group] if group else [])
