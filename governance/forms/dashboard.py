"""Which month is looked at, and as it was known when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from figures.rules import Period
from figures.selectors import MONTHS
from frontend.fields import DateField, SelectField
from frontend.forms import Form


class MonthForm(Form):
    """What is left out is as at first: the last month that is over, as known now."""

    mark_optional = False

    month = SelectField("Month", choices=[])
    known_on = DateField(
        "As known at the end of", noun="the day", when="past", required=False, hint="Leave empty for what is known now"
    )

    def __init__(self, given: Mapping[str, Any], *, today: date) -> None:
        every = list(Period.month(today).months_before(MONTHS))
        self._months = {f"{each.first:%Y-%m}": each for each in reversed(every)}
        self.at_first = every[-2]
        super().__init__({"month": f"{self.at_first.first:%Y-%m}", **{key: given[key] for key in given}}, today=today)
        self.offer("month", [(key, each.in_words) for key, each in self._months.items()])

    @property
    def chosen(self) -> Period:
        """The month that was asked for, or the one at first where it is none of these."""
        return self._months.get(self.cleaned_data.get("month", ""), self.at_first)

    def moment(self, now: datetime) -> datetime:
        """The end of the day that was asked for, or now."""
        day = self.cleaned_data.get("known_on")
        return min(Period(day, day).ends, now) if day else now
