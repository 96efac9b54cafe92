"""What is asked about campaigns, services, gaps and resources."""

from typing import Any

from django import forms

from accounts.models import Agency, User
from accounts.roles import Permission
from accounts.selectors import holders_of
from frontend import guides
from frontend.fields import (
    CheckboxesField,
    DateField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    WholeNumberField,
)
from frontend.forms import Form
from prevention.rules import Audience, Channel, ResourceKind

CHOOSE = ("", "Choose one")
NOT_SAFE = "Enter an address that starts with https://"


class AudienceForm(Form):
    """Sent by GET: for whom."""

    mark_optional = False
    audience = SelectField("For", choices=[("", "Anybody"), *Audience.choices], required=False)

    def chosen(self) -> str:
        return self.cleaned_data.get("audience") or "" if self.is_valid() else ""


class CampaignForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = TextField("Title", noun="the title", max_length=120)
    audiences = CheckboxesField("Who is it for?", noun="who it is for", choices=Audience.choices)
    channels = CheckboxesField("How does it reach them?", noun="how it reaches them", choices=Channel.choices)
    message = LongTextField("What does it say?", noun="what it says", required=False)
    lead_agency = SelectField("Lead agency", choices=[], required=False)
    starts_on = DateField("First day", noun="the first day")
    ends_on = DateField("Last day", noun="the last day")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._agencies = {str(each.pk): each for each in Agency.objects.order_by("name")}
        self.offer("lead_agency", [("", "None"), *((key, each.name) for key, each in self._agencies.items())])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day must be the same as or after the first day")
        given["lead_agency"] = self._agencies.get(given.get("lead_agency") or "")
        return given


class EvaluationForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reached = WholeNumberField(
        "How many people did it reach?", noun="how many people it reached", max_value=10_000_000, look=Look(width="10")
    )
    evaluation = LongTextField("What was learnt from it?", noun="what was learnt from it")


class OwnedForm(Form):
    """A form with a person who answers for the entry in its field `owner`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(each.pk): each for each in _possible_owners()}
        self.offer("owner", [CHOOSE, *((key, f"{each.full_name}, {each.team}") for key, each in self._people.items())])

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["owner"] = self._people.get(self.cleaned_data.get("owner") or "")
        return self.cleaned_data


class ServiceForm(OwnedForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = TextField("Name of the service", noun="the name of the service", max_length=120)
    provider = TextField("Who provides it?", noun="who provides it", max_length=120)
    audiences = CheckboxesField("Who is it for?", noun="who it is for", choices=Audience.choices)
    offers = LongTextField("What does it offer?", noun="what it offers")
    who_may = TextField("Who may have it?", noun="who may have it", max_length=300, required=False)
    referral_route = TextField("How is it reached?", noun="how it is reached", max_length=300)
    capacity = WholeNumberField(
        "How many can it take at once?", noun="how many it can take", required=False, look=Look(width="5")
    )
    waiting = WholeNumberField(
        "How many wait for it?", noun="how many wait for it", required=False, look=Look(width="5")
    )
    owner = SelectField("Who keeps this entry right?", noun="who keeps this entry right", choices=[])
    review_by = DateField("Review by", noun="the day of the next review", when="future")


class ReviewForm(Form):
    review_by = DateField("When is it to be reviewed next?", noun="the day of the next review", when="future")


class GapForm(Form):
    what = TextField("What is missing?", noun="what is missing", max_length=300)
    audiences = CheckboxesField("For whom?", noun="for whom it is missing", choices=Audience.choices)
    found_on = DateField("Since when is it known?", noun="since when it is known", when="past")


class CloseGapForm(Form):
    how_closed = TextField("How was it closed?", noun="how it was closed", max_length=300)


class _Said(Form):
    """The text, or where it can be read."""

    text = LongTextField(
        "What does it say?", noun="what it says", max_length=40_000, required=False, look=Look(rows=12)
    )
    link = TextField("Where can it be read?", noun="where it can be read", required=False, hint="Starts with https://")

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(NOT_SAFE)
        return link

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("text") and not given.get("link") and not self.errors:
            self.add_error("text", "Enter what it says, or where it can be read")
        return given


class ChangeResourceForm(OwnedForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = RadiosField("What is it?", noun="what it is", choices=ResourceKind.choices)
    title = TextField("Title", noun="the title", max_length=160)
    shown_at = CheckboxesField(
        "Where is it needed?", noun="where it is needed", choices=[], required=False, hint="Its pages will lead to it"
    )
    owner = SelectField("Who answers for it?", noun="who answers for it", choices=[])
    review_by = DateField("Review by", noun="the day of the next review", when="future")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("shown_at", list(guides.places().items()))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given["shown_at"] = list(given.get("shown_at") or ())
        return given


class ResourceForm(_Said, ChangeResourceForm):
    field_order = ("version", "kind", "title", "text", "link", "shown_at", "owner", "review_by")

    def clean(self) -> dict[str, Any]:
        _Said.clean(self)
        return ChangeResourceForm.clean(self)


class VersionForm(_Said):
    what_changed = TextField("What has changed?", noun="what has changed", max_length=300)
    review_by = DateField("Review by", noun="the day of the next review", when="future")


def _possible_owners() -> list[User]:
    """Those who can keep the promise: they keep the registers."""
    people = holders_of(Permission.PREVENTION_KEEP).exclude(team=None).select_related("team__agency")
    return list(people.order_by("full_name", "pk"))
