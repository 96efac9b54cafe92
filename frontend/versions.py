"""What two people made of one record at once, side by side, for any form whose record has a version."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model
from django.forms import Field

from frontend.forms import Form
from frontend.text import date_in_words


def values_of(record: Model, names: Iterable[str]) -> dict[str, Any]:
    """The record as its form begins: other records by their numbers."""
    values = {name: getattr(record, name) for name in (*names, "version")}
    return {name: str(each.pk) if isinstance(each, Model) else each for name, each in values.items()}


def both(form: Form, theirs: Mapping[str, Any]) -> dict[str, Any]:
    """What another has saved meanwhile and what this person has typed."""
    labels = {name: str(field.label) for name, field in form.fields.items() if name != "version"}
    return {
        "theirs": {"title": "What was saved meanwhile", "byline": "As it is now", "values": _said(form, theirs)},
        "yours": {"title": "What you have typed", "byline": "Not saved yet", "values": _said(form, form.cleaned_data)},
        "labels": labels,
    }


def _said(form: Form, values: Mapping[str, Any]) -> dict[str, str]:
    return {name: _word(field, values.get(name)) for name, field in form.fields.items()}


def _word(field: Field, value: Any) -> str:
    """Chosen values by their labels, days in words."""
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        return "; ".join(choices.get(str(each), str(each)) for each in value)
    if isinstance(value, date):
        return date_in_words(value)
    key = str(value.pk) if isinstance(value, Model) else "" if value is None else str(value)
    return choices.get(key, key)
