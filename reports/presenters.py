"""What the pages of a report say in words."""

from collections.abc import Mapping
from typing import Any

from frontend.text import moment_in_words
from reports import forms, rules, selectors
from reports.models import Draft, Drawing
from reports.rules import STEPS, Progress


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


def progress(drawing: Drawing | None) -> dict[str, Any] | None:
    """How far the PDF is; None where nobody asked for one."""
    if drawing is None:
        return None
    running = drawing.state in {Progress.WAITING, Progress.DRAWING}
    step = f"Step {drawing.step} of {len(STEPS)}: {STEPS[drawing.step - 1].lower()}" if drawing.step else ""
    return {
        "pk": drawing.pk,
        "is_running": running,
        "is_done": drawing.state == Progress.DONE,
        "said": step if drawing.state == Progress.DRAWING and step else drawing.get_state_display(),
        "step": drawing.step,
        "steps": len(STEPS),
    }


def few(draft: Draft) -> list[tuple[str, str]]:
    """(section, words) where the chair, or a text from the records, seems to count 1 to 4 children."""
    sections = selectors.sections(draft.assembly)
    written = [(forms.LABELS.get(key, key), text) for key, text in draft.words.items()]
    return list(rules.names_few([*written, *((each.title, text) for each in sections for text in each.texts)]))
