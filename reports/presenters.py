"""What the pages of a report say in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from frontend.text import moment_in_words
from reports import forms, rules, selectors
from reports.models import Assembly, Draft, Work
from reports.rules import UNFINISHED, Progress


def both(theirs: Draft, yours: Mapping[str, str]) -> dict[str, Any]:
    """What another has saved and what this person has typed, side by side."""
    saved = theirs.words | {"what_changed": theirs.what_changed}
    labels = forms.LABELS | ({"what_changed": forms.WHAT_CHANGED} if theirs.corrects_id else {})
    byline = f"{theirs.changed_by.full_name}, {moment_in_words(theirs.changed_at)}"
    return {
        "theirs": {
            "title": "What was saved meanwhile",
            "byline": byline,
            "values": {key: saved.get(key, "") for key in labels},
        },
        "yours": {
            "title": "What you have typed",
            "byline": "Not saved yet",
            "values": {key: yours.get(key, "") for key in labels},
        },
        "labels": labels,
    }


def written_of(draft: Draft) -> dict[str, Any]:
    """The words as their form begins."""
    return {**draft.words, "what_changed": draft.what_changed, "version": draft.version}


def progress(work: Work | None, steps: Sequence[str]) -> dict[str, Any] | None:
    """How far the work is; None where nobody asked for it. `steps` are what is done in each."""
    if work is None:
        return None
    said = str(work.get_state_display())
    if work.state == Progress.RUNNING and work.step:
        name = steps[work.step - 1]
        said = f"Step {work.step} of {len(steps)}: {name[0].lower()}{name[1:]}"
    return {
        "pk": work.pk,
        "is_running": work.state in UNFINISHED,
        "is_done": work.state == Progress.DONE,
        "has_failed": work.state == Progress.FAILED,
        "said": said,
        "step": work.step,
        "steps": len(steps),
    }


def few(draft: Draft, assembly: Assembly) -> list[tuple[str, str]]:
    """(section, words) where the chair, or a text from the records, seems to count 1 to 4 children."""
    sections = selectors.sections(assembly)
    written = [(forms.LABELS.get(key, key), text) for key, text in draft.words.items()]
    return list(rules.names_few([*written, *((each.title, text) for each in sections for text in each.texts)]))
