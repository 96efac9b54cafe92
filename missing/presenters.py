"""What the pages of a return interview show: plain dictionaries from records, so that templates decide nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission
from deadlines.rules import end_of_day, time_left
from frontend.text import moment_in_words
from missing import parts
from missing.forms.recording import FORMS, PartForm
from missing.models import Episode, Interview, InterviewAction
from missing.parts import COLUMNS, TITLES, Content, Lack, Part
from missing.rules import RUNNING, RUNS_FOR, Harm, InterviewStatus, PullFactor, PushFactor
from missing.selectors import interviews as selectors
from missing.services.actions import TAKES_ACTIONS
from riskassessment.guidance import Prompt, prompts

Context = dict[str, Any]
NOT_ANSWERED = "Not answered"
READABLE = frozenset({InterviewStatus.COMPLETED, InterviewStatus.VOID})
"""What was written stays readable once it was found to be in error, marked so."""
CHOICES: Mapping[str, Any] = {"push_factors": PushFactor, "pull_factors": PullFactor, "harm": Harm}


@dataclass(frozen=True)
class Covered:
    """One time the child was away, and whether the interview was within its 72 hours."""

    episode: Episode
    timing: str
    state: str
    """soon, overdue or nothing."""


def interview(user: User, record: Interview, *, at: datetime) -> Context:
    """One interview, read with `selectors.with_its_own`, and what this person may do with it."""
    holds, settles = (each in user.permissions for each in (Permission.MISSING_RECORD, Permission.MISSING_SETTLE))
    for_nothing = selectors.is_for_nothing(record)
    running = record.status in RUNNING and not for_nothing
    context: Context = {
        "interview": record,
        "running": running,
        "completed": record.status == InterviewStatus.COMPLETED,
        "covered": [_covered(record, each, at) for each in record.episodes.all()],
        "may_write": holds and running,
        "may_add": holds and record.status in TAKES_ACTIONS and not for_nothing,
        "may_void": settles and record.status != InterviewStatus.VOID,
        "actions": [action(user, each, at=at) for each in record.actions.all()],
        "cards": [],
        "tasks": [],
    }
    if record.status in READABLE:
        cards = (_card(record, part, only_answered=True) for part in Part)
        context["cards"] = [card for card in cards if card["rows"]]
    elif context["may_write"]:
        context["tasks"] = _tasks(record, selectors.lacks(record, at))
    return context


def part_page(record: Interview, form: PartForm) -> Context:
    """One page of the form."""
    order = list(Part)
    return {
        "interview": record,
        "form": form,
        "part": form.part,
        "title": TITLES[form.part],
        "step": order.index(form.part) + 1,
        "steps": len(order),
        "saved": False,
        "prompts": _prompts(form.content.values),
    }


def conflict(form: PartForm, theirs: Content) -> Context:
    """Both versions of a page that two people changed; saving again keeps the one in the form."""
    form.keep_saving_from(theirs)
    yours = dict(theirs.values) | form.typed_values()
    labels = {name: label for name, label in _labels(form.part).items() if yours[name] != theirs.values[name]}
    return {
        "labels": labels,
        "theirs": {"title": "Saved meanwhile", "byline": "What is stored now", "values": _shown(theirs.values, labels)},
        "yours": {
            "title": "What you typed",
            "byline": "In the form below, not saved yet",
            "values": _shown(yours, labels),
        },
    }


def check(record: Interview, *, at: datetime) -> Context:
    """Everything that was written, and what is still missing, before the interview is completed."""
    lacking = selectors.lacks(record, at)
    return {
        "interview": record,
        "covered": [_covered(record, each, at) for each in record.episodes.all()],
        "cards": [_card(record, part, change=True) for part in Part],
        "missing": [_missing(record, lack) for lack in lacking],
        "actions": list(record.actions.all()),
        "prompts": _prompts({name: getattr(record, name) for name in parts.WRITTEN_BY_THE_INTERVIEWER}),
    }


def action(user: User, record: InterviewAction, *, at: datetime) -> Context:
    """An action in a line: whose, until when, what came of it."""
    due = end_of_day(record.due_on)
    late = record.done_at is None and at > due
    return {
        "action": record,
        "owner": f"{record.owner}, {record.owner_team}" if record.owner else str(record.owner_team),
        "left": "" if record.done_at else time_left(due, at),
        "state": "overdue" if late else "",
        "may_finish": record.done_at is None and selectors.may_finish(user, record),
    }


def _covered(record: Interview, episode: Episode, at: datetime) -> Covered:
    if episode.voided_at:
        return Covered(episode, "recorded in error", "")
    starts = episode.interview_due_from
    if starts is None or record.status not in {*RUNNING, InterviewStatus.COMPLETED}:
        return Covered(episode, "", "")
    due = starts + RUNS_FOR
    if record.status != InterviewStatus.COMPLETED or record.conducted_at is None:
        return Covered(episode, time_left(due, at), "overdue" if at > due else "")
    if record.conducted_at <= due:
        return Covered(episode, "held within 72 hours", "")
    return Covered(episode, f"held late, {moment_in_words(due)} was the last moment", "overdue")


def _tasks(record: Interview, lacking: Iterable[Lack]) -> list[Context]:
    missing = {lack.part for lack in lacking}
    tasks = []
    for part in Part:
        begun = any(getattr(record, name) not in (None, "", []) for name in COLUMNS[part] if name != "interviewer_id")
        done = part not in missing and begun
        task: Context = {"title": TITLES[part], "href": _address(record, part), "done": done}
        if begun and not done:
            task["status"] = "In progress"
        tasks.append(task)
    return tasks


def _missing(record: Interview, lack: Lack) -> Context:
    return {"title": TITLES[lack.part], "href": _address(record, lack.part), "sentence": lack.sentence}


def _address(record: Interview, part: Part) -> str:
    return reverse("missing:save_interview", args=[record.pk, part])


def _card(record: Interview, part: Part, *, only_answered: bool = False, change: bool = False) -> Context:
    shown = _shown(parts.content(record, part).values, _labels(part))
    rows = [
        {"key": label, "text": shown[name] or NOT_ANSWERED, "present": False}
        for name, label in _labels(part).items()
        if shown[name] or not only_answered
    ]
    actions = [{"text": "Change", "href": _address(record, part)}] if change else []
    return {"title": TITLES[part], "rows": rows, "actions": actions}


def _labels(part: Part) -> dict[str, str]:
    """Column → how it is called, in the order of the page."""
    form = FORMS[part]
    labels = {f"{name}_at": asked.label for name, asked in form.moments.items()}
    own = {
        "interviewer_name": "Who held the interview?",
        "interviewer_role": "Role",
        "interviewer_employer": "Employer",
    }
    for name, field in form.base_fields.items():
        if name in COLUMNS[part]:
            labels[name] = own.get(name, str(field.label))
    return labels


def _shown(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {name: _text(name, values[name]) for name in names}


def _text(name: str, value: Any) -> str:
    if name in CHOICES:
        return "\n".join(str(CHOICES[name](each).label) for each in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "\n".join(value)
    return moment_in_words(value) if isinstance(value, datetime) else value or ""


def _prompts(values: Mapping[str, Any]) -> list[Prompt]:
    text = "\n\n".join(values[name] or "" for name in parts.WRITTEN_BY_THE_INTERVIEWER if name in values)
    return prompts(text)
