"""Forms that ask for moments: a day and a time, and which of the two where London's clocks showed that time twice.

To ask for a moment (see ``frontend/forms.py`` for the rest)::

    class ReturnForm(MomentForm):
        moments = {"returned": Asked("When did the child return?", "when the child returned")}
        notes = LongTextField("What do you know?", noun="what you know")

``form.cleaned_data["returned"]`` is a ``Moment``, or None where the moment is optional and was left empty. It may be
given as ``initial={"returned": Moment(...)}``. The moments come first; ``field_order`` names them among the fields.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from frontend.fields import DateField, Look, RadiosField, TimeField
from frontend.forms import Form
from frontend.moments import CameTwice, Moment, NeverCame, read
from frontend.renderer import look_of
from frontend.text import LONDON, date_in_words, time_in_words

PARTS = ("on", "time", "which")


@dataclass(frozen=True)
class Asked:
    """A moment to ask for. `noun` is how a sentence names it: "when the child was last seen"."""

    label: str
    noun: str
    hint: str = ""
    required: bool = True


class MomentForm(Form):
    """Each moment `x` is asked for by the fields `x_on` and `x_time`, and by `x_which` where that time came twice."""

    moments: ClassVar[Mapping[str, Asked]] = {}

    def __init__(self, *args: Any, initial: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(*args, initial=_in_parts(initial or {}, self.moments), **options)
        for name, asked in self.moments.items():
            self.fields[f"{name}_on"] = _day(asked)
            self.fields[f"{name}_time"] = _clock(asked)
            typed = self._typed(name)
            if typed and came_twice(*typed):
                self.fields[f"{name}_which"] = _which(*typed)
                self._reveal_with_time(name)
        self.order_fields(self._in_order(self.field_order or list(self.moments)))

    def field_of(self, name: str) -> str:
        """The field beside which stands what is wrong with a moment."""
        return f"{name}_on"

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name in self.moments:
            self.cleaned_data[name] = self._moment(name)
            for part in PARTS:
                self.cleaned_data.pop(f"{name}_{part}", None)

    def _moment(self, name: str) -> Moment | None:
        day, clock = (self.cleaned_data.get(f"{name}_{part}") for part in ("on", "time"))
        if day is None or clock is None:
            self._ask_for_the_other_half(name, day, clock)
            return None
        which = self.cleaned_data.get(f"{name}_which")
        try:
            return read(day, clock, later=which == "second" if which else None)
        except NeverCame:
            never = f"{time_in_words(clock).capitalize()} never came on {date_in_words(day)}"
            self.add_error(f"{name}_time", f"{never}, because the clocks went forward. Check the time")
        except CameTwice:
            assert f"{name}_which" in self.errors  # noqa: S101  (the field was added for this very time)
        return None

    def _ask_for_the_other_half(self, name: str, day: dt.date | None, clock: dt.time | None) -> None:
        """A day alone is no moment, nor is a time; where either is wrong, that has been said."""
        for part, other in ((day, f"{name}_time"), (clock, f"{name}_on")):
            if part is not None and other not in self.errors:
                self.add_error(other, self.fields[other].error_messages["required"])

    def _typed(self, name: str) -> tuple[dt.date, dt.time] | None:
        """The day and the time on the page, where both can be read."""
        try:
            day, clock = (self.fields[f"{name}_{part}"].to_python(self[f"{name}_{part}"].value()) for part in PARTS[:2])
        except ValidationError:
            return None
        return (day, clock) if day and clock else None

    def _reveal_with_time(self, name: str) -> None:
        """Where an answer reveals the time, it reveals which of the two as well."""
        for bound in self:
            look = look_of(bound)
            if look.reveal and f"{name}_time" in look.reveal.fields:
                reveal = replace(look.reveal, fields=(*look.reveal.fields, f"{name}_which"))
                bound.field.look = replace(look, reveal=reveal)  # type: ignore[attr-defined]

    def _in_order(self, names: Iterable[str]) -> list[str]:
        return [
            each
            for name in names
            for each in ([f"{name}_{part}" for part in PARTS] if name in self.moments else [name])
        ]


def came_twice(day: dt.date, clock: dt.time) -> bool:
    try:
        read(day, clock)
    except CameTwice:
        return True
    except NeverCame:
        return False
    return False


def _in_parts(initial: Mapping[str, Any], moments: Mapping[str, Asked]) -> dict[str, Any]:
    """With each moment as the parts in which it is asked for."""
    values = dict(initial)
    for name in moments:
        moment = values.pop(name, None)
        if moment is not None:
            local = moment.at.astimezone(LONDON)
            which = "second" if local.fold else "first"
            values |= {f"{name}_on": local.date(), f"{name}_time": local.time(), f"{name}_which": which}
    return values


def _day(asked: Asked) -> DateField:
    return DateField(
        asked.label,
        noun=f"the day {asked.noun}",
        hint=asked.hint,
        when="past",
        required=asked.required,
        look=Look(size="m"),
    )


def _clock(asked: Asked) -> TimeField:
    return TimeField(
        f"Time {asked.noun}",
        noun=f"the time {asked.noun}",
        hint="For example, 14:30",
        required=asked.required,
        look=Look(width="5", autocomplete="off"),
    )


def _which(day: dt.date, clock: dt.time) -> RadiosField:
    words = time_in_words(clock)
    return RadiosField(
        f"The clocks went back on {date_in_words(day)}. Which {words} was it?",
        choices=[
            ("first", f"The first {words}, in summer time, before the clocks went back"),
            ("second", f"The second {words}, in winter time, after the clocks went back"),
        ],
        error_messages={
            "required": f"{words.capitalize()} came twice on {date_in_words(day)}. Select which of the two it was"
        },
    )
