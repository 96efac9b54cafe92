"""What is asked about escalations, CMOG's update to SEMT, audits and learning reviews."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.selectors import agencies
from figures.rules import Period
from frontend.fields import DateField, LongTextField, Look, RadiosField, SelectField, TextField
from frontend.forms import Form
from governance.rules import ReviewKind
from governance.selectors import SECTIONS


class RaiseForm(Form):
    what = TextField("What should the board know?", noun="what the board should know", max_length=300)
    ask = LongTextField("What is it asked for?", noun="what it is asked for", look=Look(rows=3))


class EscalateForm(RaiseForm):
    evidence = LongTextField("What shows it?", noun="what shows it", look=Look(rows=3))
    field_order = ("what", "evidence", "ask")


class AnswerForm(Form):
    answer = LongTextField("What does the board answer?", noun="what the board answers")


class OutcomeForm(Form):
    outcome = LongTextField("What came of it?", noun="what came of it", look=Look(rows=3))


class SetAsideForm(Form):
    outcome = LongTextField("Why is it not raised?", noun="why it is not raised", look=Look(rows=3))


class MonthForm(Form):
    month = SelectField("Month", choices=[])

    def __init__(self, *args: Any, months: Sequence[Period], **options: Any) -> None:
        super().__init__(*args, **options)
        self._months = {f"{each.first:%Y-%m}": each.first for each in months}
        self.offer("month", [(f"{each.first:%Y-%m}", each.in_words) for each in months])

    def clean(self) -> dict[str, Any]:
        return {"month": self._months.get(self.cleaned_data.get("month") or "")}


class UpdateForm(Form):
    """Every section as it was assembled, to be edited."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, title in SECTIONS.items():
            self.fields[name] = LongTextField(title, required=False, max_length=20_000)
        self.fields["children"].help_text = "Names no child, and no number from 1 to 4"


class ReviewForm(Form):
    kind = RadiosField("What is it?", noun="what it is", choices=ReviewKind.choices)
    title = TextField("Title", max_length=160)
    agency = SelectField("Of which agency?", noun="of which agency", choices=[], required=False)
    looked_at = LongTextField(
        "What is looked at?", noun="what is looked at", hint="How many records and which; name no child"
    )
    began_on = DateField("When did it begin?", noun="when it began", when="past")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._agencies = {str(each.pk): each for each in agencies()}
        self.offer("agency", [("", "Several agencies"), *((key, each.name) for key, each in self._agencies.items())])

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["agency"] = self._agencies.get(self.cleaned_data.get("agency") or "")
        return self.cleaned_data


class FindingForm(Form):
    text = LongTextField("What was found?", noun="what was found", hint="Name no child")


class ChangeForm(Form):
    what_changed = LongTextField("What changed through it?", noun="what changed through it")


class SummaryForm(Form):
    summary = LongTextField("What was learnt?", noun="what was learnt", hint="Name no child")
