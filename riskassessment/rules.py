"""From answers to a suggested level, with the sentence why. The rule is data of the indicator set (domain.md 3).

The system suggests; professional judgement decides (domain.md 4).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerChoices, TextChoices

from people.rules import age_on


class Level(IntegerChoices):
    """Ordered: a lower number is a lower risk. Names are those of the rule's data."""

    NO_CURRENT_RISK = 0, "No current risk"
    AT_RISK = 1, "At risk"
    SIGNIFICANT = 2, "Significant"
    SERIOUS = 3, "Serious"


class Group(TextChoices):
    """The strategy's two lists (strategy §5)."""

    SERIOUS = "serious", "Serious"
    SIGNIFICANT = "significant", "Significant"


class Presence(TextChoices):
    """domain.md 2."""

    NO = "no", "No"
    CURRENT = "current", "Current (within 6 months)"
    HISTORIC = "historic", "Historic (before that)"
    NOT_KNOWN = "not_known", "Not known"


PRESENT = frozenset({Presence.CURRENT, Presence.HISTORIC})
CURRENT_FOR_MONTHS = 6


@dataclass(frozen=True)
class Finding:
    """One indicator as answered."""

    code: str
    group: Group
    wording: str
    presence: Presence


@dataclass(frozen=True)
class Suggestion:
    level: Level
    because: str
    rule_version: str


def suggest(
    rule: Mapping[str, Any],
    findings: Iterable[Finding],
    *,
    born: date | None,
    learning_disability: bool | None,
    on: date,
    other_described: bool = False,
) -> Suggestion:
    """The level that `rule` gives for `findings` on the day `on`, and why in one sentence.

    `rule` is `IndicatorSet.rule`: a ladder of levels, highest first, each reached by any one of its conditions
    (so many indicators of a group, current or historic), and a floor for the youngest and the disabled (domain.md 3).
    An indicator outside the lists (domain.md 1) reaches no rung, which is our local rule, but it does reach the floor.
    """
    present = [finding for finding in findings if finding.presence in PRESENT]
    level, because = _climb(rule, present)
    floor = rule["floor"]
    indicated = bool(present) or other_described
    raised = _floor_reason(floor, born=born, learning_disability=learning_disability, on=on) if indicated else None
    if raised and level < Level[floor["level"]]:
        level, because = Level[floor["level"]], raised
    elif other_described and not present:
        because = f"{because}; what is described under “anything else” reaches no level by itself, so judge it yourself"
    return Suggestion(level, f"{level.label.upper()} because: {because}.", rule["version"])


def _climb(rule: Mapping[str, Any], present: list[Finding]) -> tuple[Level, str]:
    counts = Counter((finding.group, finding.presence) for finding in present)
    for rung in rule["ladder"]:
        for condition in rung["any_of"]:
            group, presence = Group(condition["group"]), Presence(condition["presence"])
            if counts[group, presence] >= condition["count"]:
                return Level[rung["level"]], _reason(group, presence, present)
    return Level[rule["otherwise"]], "no indicator is answered as current or historic" if not present else (
        "the indicators answered are fewer than this set asks for"
    )


def _reason(group: Group, presence: Presence, present: list[Finding]) -> str:
    wordings = [finding.wording for finding in present if (finding.group, finding.presence) == (group, presence)]
    noun = "indicator is" if len(wordings) == 1 else "indicators are"
    quoted = "; ".join(f"“{wording}”" for wording in wordings)
    return f"{len(wordings)} {group.label} {noun} {presence.name.lower()}: {quoted}"


def _floor_reason(
    floor: Mapping[str, Any], *, born: date | None, learning_disability: bool | None, on: date
) -> str | None:
    label = Level[floor["level"]].label
    if born and age_on(born, on) < floor["under_age"]:
        return f"an indicator is present and the child is under {floor['under_age']}, which is at least {label}"
    if floor["or_learning_disability"] and learning_disability:
        return f"an indicator is present and the child has a learning disability, which is at least {label}"
    return None
