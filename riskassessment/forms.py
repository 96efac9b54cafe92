"""The pages of a screening as forms, one per section. Nothing is required to save a draft: see `sections.lacks`."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms

from frontend.fields import CheckboxesField, DateField, LongTextField, Look, RadiosField, Reveal, TextField, YesNoField
from frontend.forms import Form, with_value
from riskassessment import guidance
from riskassessment.models import LONG_TEXT, YesNoUnknown
from riskassessment.rules import PRESENT, Level, Presence
from riskassessment.sections import AnswerValue, Content, Lack, Line, Section, field_name

_ANSWER_FIELD = re.compile(r"^i(\d+)_")
_PRESENT = tuple(sorted(presence.value for presence in PRESENT))


class SectionForm(Form):
    """A page of a draft. `version` is the digest of what the page showed (`Content.digest`)."""

    mark_optional = False
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, content: Content, born: date | None, **options: Any) -> None:
        self.content = content
        options["initial"] = {**self.initial_of(content), "version": content.digest}
        super().__init__(*args, **options)

    @staticmethod
    def initial_of(content: Content) -> dict[str, Any]:
        return dict(content.columns)

    def typed_columns(self) -> dict[str, Any]:
        """The section's columns as typed; what could not be understood is left out and stays as it is stored."""
        return {name: self.cleaned_data[name] for name in self.content.columns if name in self.cleaned_data}

    def typed_answers(self) -> dict[int, AnswerValue]:
        return {}

    def keep_saving_from(self, stored: Content) -> None:
        """The page is shown again after saving: what it shows now is what `stored` holds."""
        self.data = with_value(self.data, "version", stored.digest)

    def show(self, lacks: Iterable[Lack]) -> None:
        """Put each missing thing beside its field."""
        for lack in lacks:
            if lack.field in self.fields:
                self.add_error(lack.field, lack.sentence)


class DangerForm(SectionForm):
    immediate_danger = YesNoField(
        "Is the child in immediate danger now?",
        noun="whether the child is in immediate danger",
        required=False,
        look=Look(inline=True, reveal=Reveal(when=("yes",), fields=("danger_details",))),
    )
    danger_details = LongTextField(
        "Call 999 now. Then tell us what the danger is and what was done",
        noun="what the danger is and what was done",
        max_length=LONG_TEXT,
        required=False,
    )


class IndicatorsForm(SectionForm):
    """One list of indicators: an answer each and, where present, evidence, source and date."""

    def __init__(
        self, *args: Any, content: Content, born: date | None, today: date | None = None, **options: Any
    ) -> None:
        super().__init__(*args, content=content, born=born, today=today, **options)
        for line in content.lines:
            self.fields.update(_fields_of(line, born=born, today=today))
        if "other_indicator" in content.columns:
            self.fields["other_indicator"] = LongTextField(
                "Anything else that concerns you",
                hint="The strategy’s list is not exhaustive. Describe any other indicator you have seen.",
                max_length=LONG_TEXT,
                required=False,
                look=Look(size="s"),
            )

    @staticmethod
    def initial_of(content: Content) -> dict[str, Any]:
        answers = {
            field_name(line.key, part): value for line in content.lines for part, value in vars(line.answer).items()
        }
        return {**content.columns, **answers}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        own = {str(line.key) for line in self.content.lines}
        posted = {match.group(1) for name in self.data if (match := _ANSWER_FIELD.match(name))}
        if posted - own:
            raise forms.ValidationError(
                "This page was made for another set of indicators, so some answers could not be kept. "
                "What belongs to this screening is below: check it and save again."
            )
        return cleaned

    def typed_answers(self) -> dict[int, AnswerValue]:
        return {line.key: self._typed(line) for line in self.content.lines}

    def _typed(self, line: Line) -> AnswerValue:
        parts = {
            part: self.cleaned_data.get(field_name(line.key, part), stored)
            for part, stored in vars(line.answer).items()
        }
        return AnswerValue(**parts)

    def questions(self) -> list[tuple[Line, forms.BoundField]]:
        """Each indicator with its question, in the strategy's order."""
        return [(line, self[field_name(line.key, "presence")]) for line in self.content.lines]


class CircumstancesForm(SectionForm):
    exchanged = CheckboxesField(
        "What did the child receive, or was promised, in exchange?",
        noun="what the child received",
        choices=[(item["code"], item["wording"]) for item in guidance.content()["exchange_items"]],
        required=False,
        hint="Select all that apply, or none.",
        look=Look(
            size="s", item_hints={item["code"]: item["meaning"] for item in guidance.content()["exchange_items"]}
        ),
    )
    child_gained = LongTextField(
        "What did the child need or want that was used against them?",
        noun="what the child needed or wanted",
        hint="The definition’s first limb. Leave it empty if you do not know.",
        max_length=LONG_TEXT,
        required=False,
        look=Look(size="s", rows=3),
    )
    perpetrator_gained = LongTextField(
        "What did the person responsible, or anyone helping them, stand to gain?",
        noun="what the person responsible stood to gain",
        hint="The definition’s second limb: money or status. Leave it empty if you do not know.",
        max_length=LONG_TEXT,
        required=False,
        look=Look(size="s", rows=3),
    )
    through_technology = RadiosField(
        "Did any of it happen through a phone, the internet or a game?",
        noun="whether technology was used",
        choices=YesNoUnknown.choices,
        required=False,
        look=Look(size="s", inline=True, reveal=Reveal(when=("yes",), fields=("technology_details",))),
    )
    technology_details = LongTextField(
        "Which apps, sites or devices, and how?",
        noun="how technology was used",
        max_length=LONG_TEXT,
        required=False,
        look=Look(rows=3),
    )
    physical_contact = RadiosField(
        "Was there physical contact?",
        noun="whether there was physical contact",
        hint="Exploitation does not need it.",
        choices=YesNoUnknown.choices,
        required=False,
        look=Look(size="s", inline=True),
    )
    abuse_models = CheckboxesField(
        "Which abuse models fit what you see?",
        noun="the abuse models",
        choices=[(model["code"], model["wording"]) for model in guidance.content()["abuse_models"]],
        required=False,
        hint="Select all that apply, or none.",
        look=Look(
            size="s", item_hints={model["code"]: model["meaning"] for model in guidance.content()["abuse_models"]}
        ),
    )


class AnalysisForm(SectionForm):
    childs_words = LongTextField(
        "What has the child said, in their own words?",
        noun="what the child said",
        hint="Use quotation marks for what was said.",
        max_length=LONG_TEXT,
        required=False,
        look=Look(size="s"),
    )
    analysis = LongTextField(
        "Your analysis",
        noun="your analysis",
        hint="What do the answers mean for this child? What worries you, what protects them, what is not known?",
        max_length=LONG_TEXT,
        required=False,
        look=Look(size="s", rows=8),
    )
    further_action = LongTextField(
        "What further action was considered or taken?",
        noun="what further action was considered",
        hint="You must answer this when no indicator is present: that is not proof of safety.",
        max_length=LONG_TEXT,
        required=False,
        look=Look(size="s", rows=3),
    )


FORMS: Mapping[Section, type[SectionForm]] = {
    Section.DANGER: DangerForm,
    Section.SERIOUS: IndicatorsForm,
    Section.SIGNIFICANT: IndicatorsForm,
    Section.CIRCUMSTANCES: CircumstancesForm,
    Section.ANALYSIS: AnalysisForm,
}

_LEVELS = [(str(level.value), level.label) for level in reversed(Level)]


class JudgementForm(Form):
    """The practitioner's own judgement, on the page that checks the answers."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    judged_level = RadiosField(
        "What is your judgement of the level of risk?",
        noun="the level of risk you judge",
        choices=_LEVELS,
        look=Look(size="m"),
        error_messages={"required": "Select the level of risk you judge"},
    )
    judged_reason = LongTextField(
        "Why does your judgement differ from the suggested level?",
        noun="why your judgement differs",
        hint="Leave it empty if you agree. A lower level also waits for a countersignature; until then the suggested "
        "level stands.",
        max_length=LONG_TEXT,
        required=False,
        look=Look(size="s"),
    )

    def refuse(self, sentence: str, *, version: int) -> None:
        """Show why it was not submitted; the page now shows the answers of `version`."""
        self.data = with_value(self.data, "version", str(version))
        self.add_error(None, sentence)

    def level(self) -> Level:
        return Level(int(self.cleaned_data["judged_level"]))


class CountersignForm(Form):
    agree = RadiosField(
        "Do you agree with the lower level?",
        noun="whether you agree with the lower level",
        choices=[("yes", "Yes, the lower level stands"), ("no", "No, the suggested level stands")],
        error_messages={"required": "Select whether you agree with the lower level"},
    )
    reason = LongTextField("Your reason", noun="your reason", max_length=LONG_TEXT, look=Look(size="s"))


def _fields_of(line: Line, *, born: date | None, today: date | None) -> dict[str, forms.Field]:
    seen_on = DateField(
        "When was this seen or heard?", required=False, when="past", noun="the date", hint="For example, 27 3 2026"
    )
    if born:
        seen_on.earliest = born
    seen_on.today = today
    return {**_same_fields_of(line.key, line.wording), field_name(line.key, "observed_on"): seen_on}


@lru_cache(maxsize=256)
def _same_fields_of(key: int, wording: str) -> Mapping[str, forms.Field]:
    """Those that are the same for every child and day: all forms share them, and nobody may change them."""
    names = {part: field_name(key, part) for part in ("presence", "evidence", "source", "observed_on")}
    return {
        names["presence"]: RadiosField(
            wording,
            noun=f"an answer for “{wording}”",
            choices=Presence.choices,
            required=False,
            look=Look(
                size="s",
                small=True,
                inline=True,
                reveal=Reveal(when=_PRESENT, fields=(names["evidence"], names["source"], names["observed_on"])),
            ),
        ),
        names["evidence"]: LongTextField(
            "What is the evidence?", noun="the evidence", required=False, max_length=LONG_TEXT, look=Look(rows=3)
        ),
        names["source"]: TextField(
            "Where does this information come from?", noun="the source", required=False, look=Look(width="two-thirds")
        ),
    }
