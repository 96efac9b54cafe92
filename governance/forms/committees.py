"""What is asked about a committee, its terms of reference and its seats."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.roles import Permission
from accounts.selectors import agencies, holders_of
from frontend.fields import CheckboxesField, DateField, LongTextField, Look, SelectField, TextField, WholeNumberField
from frontend.forms import Form

NOBODY = ("", "Nobody with an account")


class ChangeCommitteeForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = TextField("What is it called today?", noun="what it is called today", max_length=120)
    meets_every_months = WholeNumberField(
        "Months between meetings", noun="the months between meetings", min_value=1, max_value=12, look=Look(width="2")
    )


class TermsForm(Form):
    text = LongTextField("Terms of reference", noun="the terms of reference", max_length=40_000, look=Look(rows=12))
    what_changed = TextField("What has changed?", noun="what has changed", max_length=300)
    review_by = DateField("Review by", noun="the day of the next review", when="future")


class BeginCommitteeForm(ChangeCommitteeForm):
    text = LongTextField("Terms of reference", noun="the terms of reference", max_length=40_000, look=Look(rows=12))
    review_by = DateField("Review by", noun="the day of the next review", when="future")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["version"]


class ReviewForm(Form):
    review_by = DateField("When are they to be reviewed next?", noun="the day of the next review", when="future")


class SeatForm(Form):
    """Somebody with an account brings name and agency along."""

    person = SelectField("Who takes the seat?", noun="who takes the seat", choices=[], required=False)
    name = TextField("Or their name, if they have no account", noun="their name", max_length=120, required=False)
    agency = SelectField("And their agency, if they have no account", noun="their agency", choices=[], required=False)
    deputy = TextField("Who comes in their place?", noun="who comes in their place", max_length=120, required=False)
    is_chair = CheckboxesField("Chair", choices=[("yes", "This person chairs the committee")], required=False)
    since_on = DateField("Since when?", noun="since when", when="past")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(each.pk): each for each in people()}
        self._agencies = {str(each.pk): each for each in agencies()}
        self.offer("person", [NOBODY, *options_of(self._people)])
        self.offer("agency", [("", "Choose one"), *((key, each.name) for key, each in self._agencies.items())])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        person = self._people.get(given.get("person") or "")
        agency = self._agencies.get(given.get("agency") or "")
        if person and person.team:
            given["name"], agency = person.full_name, person.team.agency
        elif not given.get("name"):
            self.add_error("person", "Select who takes the seat, or enter their name and agency")
        elif agency is None:
            self.add_error("agency", "Select their agency")
        given |= {"person": person, "agency": agency, "is_chair": bool(given.get("is_chair"))}
        return given


class DeputyForm(Form):
    deputy = TextField("Who comes in their place?", noun="who comes in their place", max_length=120, required=False)


class UnseatForm(Form):
    until_on = DateField("Until when?", noun="the last day", when="past")


def people() -> list[User]:
    """Those who can be asked for something: they read what committees do, and are in a team."""
    rows = holders_of(Permission.COMMITTEE_VIEW).exclude(team=None).select_related("team__agency")
    return list(rows.order_by("full_name", "pk"))


def options_of(users: dict[str, User]) -> list[tuple[str, str]]:
    return [(key, f"{each.full_name}, {each.team}") for key, each in users.items()]
