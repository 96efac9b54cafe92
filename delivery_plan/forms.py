"""The forms of the plan."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Agency
from delivery_plan import selectors
from delivery_plan.models import Action, Plan
from delivery_plan.rules import COLUMNS, NEEDED, STALE_AFTER_MONTHS, ListRow, Pillar, Rag
from documents.forms import must_be_accepted
from documents.rules import ACCEPTED
from figures import measures
from frontend.fields import (
    CheckboxesField,
    DateField,
    FileField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    TokenField,
    WholeNumberField,
)
from frontend.forms import Form
from frontend.lists import RowsField

NOBODY = ("", "Nobody yet")


class PlanForm(Form):
    title = TextField("Title", noun="the title", hint="For example, Delivery plan 2026 to 2027", look=Look(width="20"))
    starts_on = DateField("First day", noun="the first day")
    ends_on = DateField("Last day", noun="the last day")
    carried = CheckboxesField(
        "Actions to carry over",
        choices=[],
        required=False,
        hint="Those without a tick are closed with the plan that ends.",
        look=Look(small=True),
    )

    def __init__(self, *args: Any, before: Plan | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if before is None:
            del self.fields["carried"]
            return
        self._open = {str(each.pk): each for each in before.actions.filter(closed_on=None).order_by("number")}
        self.initial.setdefault("carried", list(self._open))
        self.offer("carried", [(key, f"{each.number}. {each.text}") for key, each in self._open.items()])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", "The last day must be after the first day")
        given["carried"] = [self._open[key] for key in given.get("carried") or ()]
        return given


class SetUpForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    lead_agency = SelectField("Lead agency", choices=[], required=False)
    lead = SelectField("Who leads it", noun="who leads it", choices=[], required=False)
    supporting = CheckboxesField("Supporting agencies", choices=[], required=False, look=Look(small=True))
    due_on = DateField("Due", noun="the day it is due", required=False)
    success = LongTextField("How one will know that it succeeded", noun="how one will know", required=False)
    measure = SelectField("Live measure", choices=[], required=False, hint="What the site itself can count")
    target = WholeNumberField(
        "Target of the live measure",
        noun="the target",
        required=False,
        min_value=0,
        max_value=1_000_000,
        hint="A number; where the measure is a share, as a percentage",
        look=Look(width="5"),
    )
    update_every_months = WholeNumberField(
        "Months between updates",
        noun="the months between updates",
        min_value=1,
        max_value=STALE_AFTER_MONTHS,
        look=Look(width="3"),
    )
    depends_on = CheckboxesField("Waits for", choices=[], required=False, look=Look(small=True))

    def __init__(self, *args: Any, action: Action, **options: Any) -> None:
        super().__init__(*args, **options)
        self._agencies = {str(each.pk): each for each in Agency.objects.order_by("name")}
        self._people = {str(each.pk): each for each in selectors.possible_leads()}
        self._others = {str(each.pk): each for each in action.plan.actions.exclude(pk=action.pk).order_by("number")}
        agencies = [(key, each.name) for key, each in self._agencies.items()]
        self.offer("lead_agency", [NOBODY, *agencies])
        self.offer("supporting", agencies)
        self.offer("lead", [NOBODY, *((key, f"{each.full_name}, {each.team}") for key, each in self._people.items())])
        self.offer("measure", [("", "None"), *((key, each.title) for key, each in measures.known().items())])
        self.offer("depends_on", [(key, f"{each.number}. {each.text}") for key, each in self._others.items()])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("target") is not None and not given.get("measure"):
            self.add_error("target", "Choose the live measure that this is the target of, or leave it out")
        given["lead_agency"] = self._agencies.get(given.get("lead_agency") or "")
        given["lead"] = self._people.get(given.get("lead") or "")
        given["supporting"] = [self._agencies[key] for key in given.get("supporting") or ()]
        given["depends_on"] = [self._others[key] for key in given.get("depends_on") or ()]
        return given


class UpdateForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = LongTextField("What was done, and what comes next", noun="what was done", hint="Name no child.")
    rag = RadiosField("How does it stand?", noun="how it stands", choices=Rag.choices)
    rag_reason = LongTextField("Why?", noun="why it stands so")
    despite = LongTextField(
        "If it is green and the figures say otherwise, why?",
        noun="why it is green although the figures say otherwise",
        required=False,
    )


class ReturnForm(Form):
    reason = LongTextField("What should be written differently?", noun="what should be written differently")


class BarrierForm(Form):
    what = TextField("What stands in the way?", noun="what stands in the way")
    since_on = DateField("Since when?", noun="since when", when="past")
    who_can_lift = TextField("Who can lift it?", noun="who can lift it")
    raised_to = TextField("Whom has it been raised to?", noun="whom it was raised to", required=False)


class LiftForm(Form):
    lifted_on = DateField("When was it lifted?", noun="when it was lifted", when="past")
    how_lifted = TextField("How?", noun="how it was lifted")


class ActionForm(Form):
    pillar = RadiosField("Pillar", noun="the pillar", choices=Pillar.choices)
    text = LongTextField("What is to be done?", noun="what is to be done")


class CloseForm(Form):
    reason = LongTextField(
        "Why is it closed?", noun="why it is closed", hint="What was achieved, or why it is given up"
    )


class MilestoneForm(Form):
    text = TextField("Milestone", noun="the milestone")
    due_on = DateField("Due", noun="the day it is due")


class ChangeMilestoneForm(MilestoneForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class EvidenceForm(Form):
    title = TextField(
        "What shows that something was done?", noun="what shows it", hint="A figure, or the title of a file"
    )
    link = TextField("Where it can be read", noun="where it can be read", required=False, hint="Starts with https://")
    file = FileField(
        "File",
        noun="a file",
        required=False,
        hint=f"{ACCEPTED}, 10 MB at most. Everybody who reads the plan can open it: it must name no child.",
    )
    token = TokenField()

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError("Enter an address that starts with https://")
        return link

    def clean_file(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file:
            must_be_accepted(file)
        return file


class WithdrawForm(Form):
    reason = TextField("Why should nobody open it any more?", noun="why nobody should open it any more")


class ListForm(Form):
    rows = RowsField("File", noun="a file", columns=COLUMNS, needed=NEEDED)

    def clean_rows(self) -> list[ListRow]:
        return [ListRow(line, **cells) for line, cells in self.cleaned_data["rows"]]
