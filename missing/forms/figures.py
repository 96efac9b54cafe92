"""For which days, authority and team the figures are asked, and for which year or day a return is."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from figures.rules import Period, Preset, year_begins
from frontend.fields import DateField, Look, RadiosField, Reveal, SelectField
from frontend.forms import Form
from frontend.text import date_in_words
from missing.rules import OURS
from missing.selectors.counting import Asked
from people.codes import Authority

CHOSEN = "chosen"
ALL = "all"
YEARS_BACK = 6
AT_FIRST = {"period": Preset.THIS_QUARTER.value, "authority": OURS}


class FiguresForm(Form):
    """What is left out is as at first: this quarter, our own authority, every team."""

    mark_optional = False

    period = RadiosField(
        "Period",
        choices=[*Preset.choices, (CHOSEN, "Days I choose")],
        look=Look(small=True, reveal=Reveal(when=(CHOSEN,), fields=("first", "last"))),
    )
    first = DateField("From", noun="the first day", when="past")
    last = DateField("To", noun="the last day", when="past")
    authority = SelectField("Responsible authority", choices=[*Authority.choices, (ALL, "All")])
    team = SelectField("Team that owes or owed the interview", choices=[], required=False)

    def __init__(self, given: Mapping[str, Any], *, today: date, teams: Sequence[tuple[str, str]]) -> None:
        super().__init__({**AT_FIRST, **_one_each(given)}, today=today)
        self.offer("team", [("", "All"), *teams])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be the same as or after the first day")
        return given

    def asked(self, *, at: datetime) -> Asked | None:
        """None where the days that were typed are no period."""
        if not self.is_valid() or self.today is None:
            return None
        given = self.cleaned_data
        if given["period"] == CHOSEN:
            period = Period(given["first"], given["last"])
        else:
            period = Period.of(Preset(given["period"]), today=self.today)
        authority = "" if given["authority"] == ALL else given["authority"]
        return Asked(period, at, authority=authority, team=int(given["team"] or 0))


class YearForm(Form):
    """The year of a return: at first the last that is over."""

    mark_optional = False

    year = SelectField("Year", choices=[])

    def __init__(self, given: Mapping[str, Any], *, today: date) -> None:
        this = year_begins(today).year
        super().__init__({"year": str(this - 1), **_one_each(given)}, today=today)
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (str(year), _year_in_words(year)) for year in range(this, this - YEARS_BACK, -1)
        ]

    def asked(self) -> Period | None:
        if not self.is_valid():
            return None
        year = int(self.cleaned_data["year"])
        return Period(date(year, 4, 1), date(year + 1, 3, 31))


class DayForm(Form):
    """The day of a list, at first today."""

    mark_optional = False

    day = DateField("As on", noun="the day of the list", when="past")

    def __init__(self, given: Mapping[str, Any], *, today: date) -> None:
        typed = any(name.startswith("day-") for name in given)
        at_first = {"day-day": today.day, "day-month": today.month, "day-year": today.year}
        super().__init__(_one_each(given) if typed else at_first, today=today)

    def asked(self) -> date | None:
        return self.cleaned_data["day"] if self.is_valid() else None


def _one_each(given: Mapping[str, Any]) -> dict[str, Any]:
    """The last value of each name, as Django's forms read an address."""
    return {name: given[name] for name in given}


def _year_in_words(year: int) -> str:
    return f"{date_in_words(date(year, 4, 1))} to {date_in_words(date(year + 1, 3, 31))}"
