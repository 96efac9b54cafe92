"""What is asked about meetings: when, who came, what was said, decided and is to be done."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from frontend.fields import (
    CheckboxesField,
    DateField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
    WholeNumberField,
)
from frontend.forms import Form
from governance.forms.committees import options_of, people
from governance.models import Member
from governance.rules import Code, ConcernKind, Decided, MatterKind

NO_CHILD = "Name no child: what is said of a child stands on the child’s record."


class PlanForm(Form):
    first = DateField("Day of the first meeting", noun="the day of the first meeting")
    begins = TimeField("When does it begin?", noun="when it begins", hint="For example, 2pm")
    place = TextField("Where?", noun="where", max_length=120)
    count = WholeNumberField(
        "How many meetings?",
        noun="how many meetings",
        min_value=1,
        max_value=12,
        look=Look(width="2"),
        hint="They follow each other as often as the committee meets",
    )


class MoveForm(Form):
    held_on = DateField("Which day?", noun="the day")
    begins = TimeField("When does it begin?", noun="when it begins")
    place = TextField("Where?", noun="where", max_length=120)


class ReasonForm(Form):
    reason = TextField("Why?", noun="why", max_length=300)


class ItemForm(Form):
    title = TextField("What should be talked about?", noun="what should be talked about", hint=NO_CHILD)


class PaperForm(Form):
    title = TextField("Title of the paper", noun="the title of the paper")
    text = LongTextField("What does it say?", noun="what it says", max_length=40_000, required=False, hint=NO_CHILD)
    link = TextField("Where can it be read?", noun="where it can be read", required=False, hint="Starts with https://")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        link = given.get("link")
        if link and not link.startswith("https://"):
            self.add_error("link", "Enter an address that starts with https://")
        elif not link and not given.get("text") and not self.errors:
            self.add_error("text", "Enter what it says, or where it can be read")
        return given


class AttendanceForm(Form):
    """How each of those came who had a seat that day."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, members: Iterable[Member], came: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._keys = []
        for member in members:
            self._keys.append(member.pk)
            deputy = f"Deputy: {member.deputy}" if member.deputy else ""
            self.fields[f"member_{member.pk}"] = RadiosField(
                f"{member.name}, {member.agency}",
                noun=f"how {member.name} came",
                choices=Code.choices,
                initial=came.get(member.pk, ""),
                hint=deputy,
                look=Look(size="s", inline=True),
            )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        codes = {key: Code(given[f"member_{key}"]) for key in self._keys if given.get(f"member_{key}")}
        return {"version": given.get("version"), "codes": codes}


class MinutesForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    minutes = LongTextField("What was said?", noun="what was said", max_length=20_000, required=False, hint=NO_CHILD)
    decision = LongTextField("What was decided?", noun="what was decided", required=False, look=Look(rows=3))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("minutes") and not given.get("decision") and not self.errors:
            self.add_error("minutes", "Enter what was said, or what was decided")
        return given


class MatterForm(Form):
    kind = RadiosField("What is it?", noun="what it is", choices=MatterKind.choices)
    text = LongTextField("What should SEMT know?", noun="what SEMT should know", hint=NO_CHILD)


class ActionForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    what = LongTextField("What is to be done?", noun="what is to be done", look=Look(rows=3), hint=NO_CHILD)
    owner = SelectField("Who does it?", noun="who does it", choices=[])
    due_on = DateField("By when?", noun="by when")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(each.pk): each for each in people()}
        self.offer("owner", [("", "Choose one"), *options_of(self._people)])

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["owner"] = self._people.get(self.cleaned_data.get("owner") or "")
        return self.cleaned_data


class DiscussionForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    said = LongTextField("What was said?", noun="what was said", max_length=20_000)
    decided = RadiosField(
        "What was decided?",
        noun="what was decided",
        choices=Decided.choices,
    )
    reason = LongTextField(
        "Why does the child leave the list?", noun="why the child leaves the list", required=False, look=Look(rows=3)
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("decided") == Decided.STEPS_DOWN and not given.get("reason"):
            self.add_error("reason", "Enter why the child leaves the list")
        return given


class ConcernForm(Form):
    kind = RadiosField("What is it?", noun="what it is", choices=ConcernKind.choices)
    title = TextField(
        "What is it called?",
        noun="what it is called",
        max_length=120,
        hint="A place by its name; a person by the police’s reference, never by name",
    )
    text = LongTextField("What was the meeting told?", noun="what the meeting was told", hint=NO_CHILD)


class NoteForm(Form):
    text = LongTextField("What was the meeting told?", noun="what the meeting was told", hint=NO_CHILD)
    closed = CheckboxesField(
        "Is it over?", choices=[("yes", "CMOG need not look at it again")], required=False, look=Look(small=True)
    )

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["closed"] = bool(self.cleaned_data.get("closed"))
        return self.cleaned_data
