"""What is asked about training."""

from typing import Any

from django import forms

from accounts.models import Agency, User
from frontend.fields import (
    CheckboxesField,
    DateField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    WholeNumberField,
)
from frontend.forms import Form
from frontend.lists import RowsField
from prevention import rules, selectors
from prevention.models import Course
from prevention.rules import Subject, WorkRole

FOR_ALL = ("", "All agencies together")
CHOOSE = ("", "Choose one")


class CoverageForm(Form):
    """Sent by GET: of which course."""

    mark_optional = False
    course = SelectField("Course", choices=[], required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._courses = {str(each.pk): each for each in Course.objects.order_by("title")}
        self.offer("course", [("", "Any course"), *((key, each.title) for key, each in self._courses.items())])

    def chosen(self) -> Course | None:
        return self._courses.get(self.cleaned_data.get("course") or "") if self.is_valid() else None


class CourseForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = TextField("Title", noun="the title", max_length=120)
    subjects = CheckboxesField("What is taught?", noun="what is taught", choices=Subject.choices)
    multi_agency = RadiosField(
        "Who is it for?",
        noun="who it is for",
        choices=[("True", "People of several agencies together"), ("False", "People of one agency")],
    )
    valid_months = WholeNumberField(
        "For how many months does it count?",
        noun="for how many months it counts",
        required=False,
        min_value=1,
        max_value=120,
        hint="Leave it empty if it need not be repeated",
        look=Look(width="3"),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        given["multi_agency"] = given.get("multi_agency") == "True"
        return given


class AgencyForm(Form):
    """A form with the agencies that this person answers for in its field `agency`."""

    nobody: tuple[str, str] = CHOOSE

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self._agencies = {str(each.pk): each for each in _answered_for(user)}
        choices = [(key, each.name) for key, each in self._agencies.items()]
        self.offer("agency", [self.nobody, *choices] if selectors.answers_for_all(user) else choices)

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["agency"] = self._agencies.get(self.cleaned_data.get("agency") or "")
        return self.cleaned_data


class SessionForm(AgencyForm):
    nobody = FOR_ALL
    held_on = DateField("When was it held?", noun="when it was held", when="past")
    agency = SelectField("For whom?", noun="for whom it was", choices=[], required=False)
    place = TextField("Where?", noun="where it was held", max_length=120, required=False)


class StaffForm(AgencyForm):
    agency = SelectField("Agency", noun="the agency", choices=[])
    role = SelectField("Role", noun="the role", choices=[CHOOSE, *WorkRole.choices])
    people = WholeNumberField(
        "How many people?", noun="how many people there are", max_value=100_000, look=Look(width="5")
    )
    counted_on = DateField("On which day were they counted?", noun="the day they were counted", when="past")


class AttendanceForm(AgencyForm):
    name = TextField("Full name", noun="their full name", max_length=120)
    reference = TextField(
        "Email or reference",
        noun="the email address or reference",
        max_length=254,
        hint="An email address, or the number that the agency knows this person by",
    )
    agency = SelectField("Agency", noun="the agency", choices=[])
    role = SelectField("Role", noun="the role", choices=[CHOOSE, *WorkRole.choices])


class ListForm(Form):
    rows = RowsField("File", noun="a file", columns=rules.COLUMNS, needed=rules.COLUMNS)

    def clean_rows(self) -> list[rules.ListRow]:
        return [rules.ListRow(number, **cells) for number, cells in self.cleaned_data["rows"]]


def _answered_for(user: User) -> list[Agency]:
    if selectors.answers_for_all(user):
        return list(Agency.objects.order_by("name"))
    own = selectors.agency_of(user)
    return [own] if own else []
