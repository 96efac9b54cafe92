"""What the chair writes, and which quarter a report is begun for."""

from collections.abc import Sequence
from typing import Any

from django import forms

from figures.rules import Period
from frontend.fields import LongTextField
from frontend.forms import Form
from reports.outline import SECTIONS
from reports.rules import LONGEST

WORDS = [each.key for each in SECTIONS]
LABELS = {each.key: each.title for each in SECTIONS}
WHAT_CHANGED = "What this version changes, and why"


class NarrativeForm(Form):
    """One field for each section. Nothing is asked for yet: the draft may be saved at any time."""

    mark_optional = False

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, corrects: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if corrects:
            self.fields["what_changed"] = _words(WHAT_CHANGED, "Stands at the front of the report.")
        for each in SECTIONS:
            self.fields[each.key] = _words(each.title, each.asks)

    @property
    def words(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in WORDS}

    @property
    def what_changed(self) -> str:
        return str(self.cleaned_data.get("what_changed", ""))


class QuarterForm(forms.Form):
    """Sent by a button beside each quarter."""

    first = forms.ChoiceField()

    def __init__(self, data: Any, *, quarters: Sequence[Period]) -> None:
        super().__init__(data)
        self._quarters = {each.first.isoformat(): each for each in quarters}
        self.fields["first"].choices = [(key, key) for key in self._quarters]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Period | None:
        return self._quarters[self.cleaned_data["first"]] if self.is_valid() else None


class SignOffForm(Form):
    """Which words and which figures were looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)


def _words(title: str, asks: str) -> LongTextField:
    return LongTextField(title, noun=title.lower(), hint=asks, required=False, max_length=LONGEST)
