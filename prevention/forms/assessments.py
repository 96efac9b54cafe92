"""What is asked about standards and self-assessments."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontend.fields import LongTextField, Look, RadiosField, SelectField
from frontend.forms import Form
from prevention.forms.training import AgencyForm
from prevention.models import Standard
from prevention.rules import GRADES


class StandardForm(Form):
    text = LongTextField("What should be in place?", noun="what should be in place", max_length=300, look=Look(rows=3))


class BeginForm(AgencyForm):
    agency = SelectField("Which agency?", noun="the agency", choices=[])


class ScoresForm(Form):
    """Every standard that is asked: its score, and what shows it."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, standards: Iterable[Standard], **options: Any) -> None:
        super().__init__(*args, **options)
        self._numbers: dict[int, int] = {}
        for standard in standards:
            self._numbers[standard.pk] = standard.number
            self._ask(standard)

    def _ask(self, standard: Standard) -> None:
        self.fields[f"score_{standard.pk}"] = RadiosField(
            f"{standard.number}. {standard.text}",
            noun=f"a score for standard {standard.number}",
            choices=GRADES,
            required=False,
            look=Look(size="s"),
        )
        self.fields[f"evidence_{standard.pk}"] = LongTextField(
            f"What shows it, for standard {standard.number}?",
            noun=f"what shows it, for standard {standard.number}",
            required=False,
            look=Look(rows=3),
        )

    def clean(self) -> dict[str, Any]:
        """Beside what was typed, `scores`: standard → score and evidence, of those that are answered."""
        given = self.cleaned_data
        scores: dict[int, tuple[int, str]] = {}
        for key, number in self._numbers.items():
            score, evidence = given.get(f"score_{key}"), given.get(f"evidence_{key}")
            if score and not evidence:
                self.add_error(f"evidence_{key}", f"Enter what shows it, for standard {number}")
            elif evidence and not score:
                self.add_error(f"score_{key}", f"Select a score for standard {number}")
            elif score and evidence:
                scores[key] = int(score), evidence
        return {**given, "scores": scores}


class ModerateForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    moderated = RadiosField("What score should stand?", noun="the score that should stand", choices=GRADES)
    moderated_reason = LongTextField("Why?", noun="why it should stand")
