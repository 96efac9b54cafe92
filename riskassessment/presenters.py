"""What the templates show: plain dictionaries from records, so that templates decide nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission
from frontend.text import date_in_words
from riskassessment import guidance, sections, selectors
from riskassessment.forms import FORMS, JudgementForm, SectionForm
from riskassessment.models import AbuseModel, Countersignature, Exchanged, Screening, YesNoUnknown
from riskassessment.rules import PRESENT, Presence
from riskassessment.sections import TITLES, Content, Line, Section

Context = dict[str, Any]
NOT_ANSWERED = "Not answered"
SHORT_LABELS = {"danger_details": "The danger, and what was done", "other_indicator": "Anything else of concern"}


def task_list(screening: Screening, *, on: date) -> Context:
    """The draft's sections with how far each is."""
    contents = selectors.contents(screening)
    tasks: list[Context] = [_task(screening, content, on) for content in contents.values()]
    complete = all(task["done"] for task in tasks)
    check = {"title": "Check your answers and submit", "done": False}
    if complete:
        check |= {"href": reverse("riskassessment:submit", args=[screening.pk]), "status": "Ready"}
    return {"screening": screening, "tasks": tasks, "check": check, "complete": complete}


def section(screening: Screening, form: SectionForm, contents: selectors.Contents, *, on: date) -> Context:
    """One page of the draft."""
    lines = _all_lines(contents)
    here = form.content.section
    order = list(Section)
    return {
        "screening": screening,
        "section": here,
        "title": TITLES[here],
        "step": order.index(here) + 1,
        "steps": len(order),
        "form": form,
        "saved": False,
        "guidance": guidance.content(),
        "prompts": guidance.prompts(form.content.columns.get("analysis") or ""),
        "suggestion": selectors.suggestion(screening, lines, on=on) if form.content.lines else None,
    }


def conflict(form: SectionForm, theirs: Content) -> Context:
    """Both versions of a page that two people changed; saving again keeps the one in the form."""
    form.keep_saving_from(theirs)
    yours = _values(form.typed_columns(), form.content.lines, form.typed_answers())
    stored = _values(theirs.columns, theirs.lines, {line.key: line.answer for line in theirs.lines})
    differing = [label for label, value in yours.items() if value != stored[label]]
    return {
        "labels": {label: label for label in differing},
        "theirs": {"title": "Saved meanwhile", "byline": "What is stored now", "values": stored},
        "yours": {"title": "What you typed", "byline": "In the form below, not saved yet", "values": yours},
    }


def check(screening: Screening, form: JudgementForm, *, on: date) -> Context:
    """Every answer, what is still missing, and the suggested level."""
    contents = selectors.contents(screening)
    suggestion = selectors.suggestion(screening, _all_lines(contents), on=on)
    missing = {content.section: sections.lacks(content, on=on) for content in contents.values()}
    if nil := sections.nil_lack(suggestion.level, contents[Section.ANALYSIS].columns["further_action"]):
        missing[Section.ANALYSIS].append(nil)
    return {
        "screening": screening,
        "form": form,
        "suggestion": suggestion,
        "missing": [_missing(screening, part, lacks) for part, lacks in missing.items() if lacks],
        "cards": [
            _card(content, _answered_rows(content), _section_url(screening, content.section))
            for content in contents.values()
        ],
        "prompts": guidance.prompts(screening.analysis),
    }


def reading(user: User, screening: Screening) -> Context:
    """A submitted screening as it reads and prints."""
    contents = selectors.contents(screening)
    countersignable = (
        screening.countersignature == Countersignature.WAITING
        and Permission.SCREENING_COUNTERSIGN in user.permissions
        and screening.submitted_by_id != user.pk
    )
    return {
        "screening": screening,
        "cards": [_card(content, _reading_rows(content)) for content in contents.values()],
        "previous": selectors.previous(user, screening),
        "countersignable": countersignable,
    }


@dataclass(frozen=True)
class Change:
    """One question in two screenings of the same child."""

    question: str
    before: str
    now: str

    @property
    def changed(self) -> bool:
        return self.before != self.now


def changes(before: Screening, now: Screening) -> list[Change]:
    """Both screenings side by side, whole: by the questions' wording, as their sets may differ."""
    then, today = _everything(before), _everything(now)
    gone = [Change(question, text, "Not in this set") for question, text in then.items() if question not in today]
    return [Change(question, then.get(question, "Not in that set"), text) for question, text in today.items()] + gone


def _everything(screening: Screening) -> dict[str, str]:
    """Question → what was answered, with evidence and source."""
    rows = [row for content in selectors.contents(screening).values() for row in _answered_rows(content)]
    return {row["key"]: "\n".join([row["text"], *row.get("details", [])]) for row in rows}


def _task(screening: Screening, content: Content, on: date) -> Context:
    lacking = sections.lacks(content, on=on)
    task: Context = {
        "title": TITLES[content.section],
        "href": _section_url(screening, content.section),
        "done": not lacking,
    }
    if content.lines:
        answered = sum(1 for line in content.lines if line.answer.presence)
        task["hint"] = f"{answered} of {len(content.lines)} answered"
    if lacking and _begun(content):
        task["status"] = "In progress"
    return task


def _all_lines(contents: selectors.Contents) -> list[Line]:
    return [line for content in contents.values() for line in content.lines]


def _begun(content: Content) -> bool:
    return any(content.columns.values()) or any(line.answer.presence for line in content.lines)


def _section_url(screening: Screening, section: Section) -> str:
    return reverse("riskassessment:save_section", args=[screening.pk, section])


def _missing(screening: Screening, part: Section, lacks: list[sections.Lack]) -> Context:
    """What a part still lacks: its first sentence and how many more there are."""
    return {
        "title": TITLES[part],
        "href": _section_url(screening, part),
        "sentence": lacks[0].sentence,
        "more": len(lacks) - 1,
    }


def _card(content: Content, rows: list[Context], change_at: str = "") -> Context:
    actions = [{"text": "Change", "href": change_at}] if change_at else []
    return {"title": TITLES[content.section], "rows": rows, "actions": actions}


def _answered_rows(content: Content) -> list[Context]:
    """Every question with its answer, as on the pages."""
    return [_line_row(line) for line in content.lines] + _column_rows(content)


def _reading_rows(content: Content) -> list[Context]:
    """For somebody who reads it later: what is present with its evidence first, then what is not, in few lines."""
    present = [_line_row(line) for line in sections.present_lines(content.lines)]
    others = [
        {"key": str(presence.label), "text": "\n".join(wordings), "present": False}
        for presence in (Presence.NO, Presence.NOT_KNOWN)
        if (wordings := [line.wording for line in content.lines if line.answer.presence == presence])
    ]
    return present + others + [row for row in _column_rows(content) if row["text"] != NOT_ANSWERED]


def _line_row(line: Line) -> Context:
    answer = line.answer
    row: Context = {"key": line.wording, "text": _presence(answer.presence), "present": False}
    if answer.presence in PRESENT:
        seen = f"Seen or heard on {date_in_words(answer.observed_on)}" if answer.observed_on else ""
        row |= {"present": True, "details": [text for text in (answer.evidence, _source(answer.source), seen) if text]}
    return row


def _source(text: str) -> str:
    return f"Source: {text}" if text else ""


def _presence(presence: str) -> str:
    return str(Presence(presence).label) if presence else NOT_ANSWERED


def _column_rows(content: Content) -> list[Context]:
    form_class = FORMS[content.section]
    return [
        {"key": _label(form_class, name), "text": _shown(name, value) or NOT_ANSWERED, "present": False}
        for name, value in content.columns.items()
        if not (name == "danger_details" and not value)
    ]


def _label(form_class: type[SectionForm], name: str) -> str:
    if name in SHORT_LABELS:
        return SHORT_LABELS[name]
    return str(form_class.base_fields[name].label)


def _shown(name: str, value: Any) -> str:
    choices = {"exchanged": Exchanged, "abuse_models": AbuseModel}
    if name in choices:
        return ", ".join(str(choices[name](item).label) for item in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return (
        str(YesNoUnknown(value).label) if name in {"through_technology", "physical_contact"} and value else value or ""
    )


def _values(columns: Any, lines: Iterable[Line], answers: Any) -> dict[str, str]:
    """Label → what it says, for the side-by-side view."""
    shown = {name.replace("_", " ").capitalize(): _shown(name, value) for name, value in columns.items()}
    for line in lines:
        answer = answers[line.key]
        parts = (_presence(answer.presence), answer.evidence, _source(answer.source), date_in_words(answer.observed_on))
        shown[line.wording] = "\n".join(part for part in parts if part)
    return shown
