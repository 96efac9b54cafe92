"""The forms about how notices come: once a day or at once, and who reads them while one is away."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from accounts.models import User
from accounts.refusals import Refusal
from deadlines.services import AlreadyAway, CannotStandIn, EndsBeforeItStarts
from frontend.fields import DateField, Look, RadiosField, SelectField, TimeField
from frontend.forms import Form
from frontend.moments import NeverCame, read
from frontend.text import date_in_words, time_in_words

AT_ONCE, DAILY = "at_once", "daily"
MIDNIGHT = dt.time(0)


class DigestForm(Form):
    how = RadiosField(
        "How should your notices come by e-mail?",
        noun="how your notices should come",
        choices=[(AT_ONCE, "Each one at once"), (DAILY, "Together, once a day at 7am")],
        look=Look(size="m"),
    )


class AbsenceForm(Form):
    """A day is the whole of it, unless a time is given."""

    person = SelectField("Who will be away?", noun="who will be away", choices=())
    starts_on = DateField("First day away", noun="the first day away", hint="For example, 27 11 2026")
    starts_time = TimeField(
        "Time on the first day",
        noun="the time on the first day",
        hint="If it is not the whole day. For example, 14:30",
        required=False,
        look=Look(width="5", autocomplete="off"),
    )
    ends_on = DateField("Last day away", noun="the last day away", when="future", hint="For example, 4 12 2026")
    ends_time = TimeField(
        "Time of return on the last day",
        noun="the time of return",
        hint="If it is not the whole day",
        required=False,
        look=Look(width="5", autocomplete="off"),
    )
    delegate = SelectField(
        "Who reads the notices meanwhile?",
        noun="who reads the notices meanwhile",
        hint="A colleague of the same team. They see only the children whose records they may see already.",
        choices=(),
        required=False,
    )

    def __init__(
        self, *args: Any, own: int, people: Sequence[User], colleagues: Sequence[User], **options: Any
    ) -> None:
        """`people` are those whose absence this person may record; alone, they are not asked whose it is."""
        super().__init__(*args, **options)
        self._own = str(own)
        self._people = {str(person.pk): person for person in (*people, *colleagues)}
        _offer(self.fields["person"], people)
        self.fields["person"].initial = self._own
        if len(people) == 1:
            del self.fields["person"]
        _offer(self.fields["delegate"], colleagues, nobody="The team’s manager")

    def _clean_fields(self) -> None:
        super()._clean_fields()
        given = self.cleaned_data
        given["starts_at"] = self._moment("starts", given.get("starts_on"), given.get("starts_time"), later=False)
        ends_on, ends_time = given.get("ends_on"), given.get("ends_time")
        if ends_on and not ends_time and "ends_time" not in self.errors:
            ends_on += dt.timedelta(days=1)
        given["ends_at"] = self._moment("ends", ends_on, ends_time, later=True)

    def _moment(self, name: str, day: dt.date | None, clock: dt.time | None, *, later: bool) -> dt.datetime | None:
        """Where London's clocks showed a time twice, the absence is the longer one."""
        try:
            return read(day, clock or MIDNIGHT, later=later).at if day else None
        except NeverCame:
            never = f"{time_in_words(clock).capitalize()} never came on {date_in_words(day)}"
            self.add_error(f"{name}_time", f"{never}, because the clocks went forward. Check the time")
            return None

    @property
    def given(self) -> dict[str, Any]:
        """What the service is told."""
        return {
            "person": self._people[self.cleaned_data.get("person", self._own)],
            "starts_at": self.cleaned_data["starts_at"],
            "ends_at": self.cleaned_data["ends_at"],
            "delegate": self._people.get(self.cleaned_data["delegate"]),
        }

    def refused(self, refusal: Refusal) -> None:
        """Say it beside the field that it is about."""
        fields: dict[type[Refusal], str] = {
            EndsBeforeItStarts: "ends_on",
            CannotStandIn: "delegate",
            AlreadyAway: "starts_on",
        }
        self.add_error(fields.get(type(refusal)), str(refusal))


def _offer(field: Any, people: Sequence[User], *, nobody: str = "") -> None:
    choices = [(str(each.pk), each.full_name) for each in people]
    field.choices = [("", nobody), *choices] if nobody else choices
