"""Form fields that speak in GOV.UK's sentences and know how they are drawn.

Every field takes its label first, then keyword arguments only:

- ``noun``: how the thing is named inside a sentence ("the child's full name"); by default the label in lower case;
- ``hint``, ``required``, ``initial``, ``error_messages`` as in Django (``hint`` is its ``help_text``);
- ``look``: a ``Look``, everything about its appearance.

A text field always has a greatest length, so that no page accepts a text without end.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from frontend.text import date_in_words

Choices = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Reveal:
    """Fields of the same form that matter only when one of these answers is chosen.

    They are drawn right under the question and shown by the stylesheet alone, so no script and no ``aria-expanded`` is
    involved. While hidden, whatever they contain is neither checked nor kept (``frontend.forms.Form``).
    """

    when: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """How a field is drawn. The defaults are right for most fields."""

    size: str = ""
    """Of the label or legend: "s", "m", "l" or "xl"; empty: ordinary text."""
    page_heading: bool = False
    """The label is also the page's only <h1>."""
    width: str = ""
    """Of a text input: "2", "3", "4", "5", "10", "20", "30" characters, or "full", "one-half", "two-thirds"."""
    rows: int = 5
    count: bool = False
    """Show how many characters are left."""
    inline: bool = False
    """Radios side by side; only for two or three short answers."""
    small: bool = False
    item_hints: Mapping[str, str] = field(default_factory=dict)
    """A hint under single choices, by value."""
    none_of_these: str = ""
    """The value that excludes all other checkboxes; drawn last, after "or"."""
    autocomplete: str = ""
    inputmode: str = ""
    spellcheck: bool | None = None
    prefix: str = ""
    suffix: str = ""
    classes: str = ""
    hide_label: bool = False
    reveal: Reveal | None = None


PLAIN = Look()


class Worded(forms.Field):
    """The part all our fields share: label, noun, look and error sentences."""

    verb = "Enter"

    def __init__(
        self,
        label: str,
        *,
        noun: str = "",
        hint: str = "",
        look: Look = PLAIN,
        error_messages: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        self.look = look
        self.noun = noun or _noun_from(label)
        self.subject = self.noun[:1].upper() + self.noun[1:]
        super().__init__(
            label=label, help_text=hint, error_messages={**self.sentences(), **(error_messages or {})}, **options
        )

    def sentences(self) -> dict[str, str]:
        return {"required": f"{self.verb} {self.noun}"}


class TextField(Worded, forms.CharField):
    """One line of text."""

    def __init__(self, label: str, *, max_length: int = 200, **options: Any) -> None:
        self._limit = max_length
        super().__init__(label, max_length=max_length, **options)

    def sentences(self) -> dict[str, str]:
        return {
            **super().sentences(),
            "max_length": f"{self.subject} must be {self._limit:,} characters or fewer",
            "null_characters_not_allowed": f"{self.subject} contains a character that cannot be saved. Type it again",
            "invalid": f"{self.subject} is not in the right format",
        }

    def to_python(self, value: Any) -> str:
        """Browsers send line ends as two characters but count them as one; so do we count one."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class LongTextField(TextField):
    """Several lines of text."""

    widget = forms.Textarea

    def __init__(self, label: str, *, max_length: int = 4000, **options: Any) -> None:
        super().__init__(label, max_length=max_length, **options)


class EmailField(Worded, forms.EmailField):
    def sentences(self) -> dict[str, str]:
        return {
            **super().sentences(),
            "invalid": f"{self.subject} must be in the correct format, like name@example.com",
            "max_length": f"{self.subject} must be 320 characters or fewer",
            "null_characters_not_allowed": f"{self.subject} contains a character that cannot be saved. Type it again",
        }


class WholeNumberField(Worded, forms.IntegerField):
    """A whole number between two bounds, each with its own sentence."""

    widget = forms.TextInput

    def __init__(self, label: str, *, min_value: int = 0, max_value: int = 1_000_000, **options: Any) -> None:
        self._bounds = (min_value, max_value)
        super().__init__(label, min_value=min_value, max_value=max_value, **options)

    def sentences(self) -> dict[str, str]:
        least, most = self._bounds
        return {
            **super().sentences(),
            "invalid": f"{self.subject} must be a whole number",
            "min_value": f"{self.subject} must be {least:,} or more",
            "max_value": f"{self.subject} must be {most:,} or fewer",
        }


class _Chosen(Worded):
    verb = "Select"

    def sentences(self) -> dict[str, str]:
        return {**super().sentences(), "invalid_choice": f"{self.verb} {self.noun} from the list"}

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """Every form has its own fields, all with the same choices: others are put in their place, never into them."""
        choices = vars(self)["_choices"]
        memo[id(choices)] = choices
        return super().__deepcopy__(memo)


class SelectField(_Chosen, forms.ChoiceField):
    """A drop-down list. Give it an empty first choice when nothing should be chosen beforehand."""

    def __init__(self, label: str, *, choices: Choices, **options: Any) -> None:
        super().__init__(label, choices=choices, **options)


class RadiosField(_Chosen, forms.ChoiceField):
    """One of a few answers; none is chosen beforehand."""

    widget = forms.RadioSelect

    def __init__(self, label: str, *, choices: Choices, **options: Any) -> None:
        super().__init__(label, choices=choices, **options)


class YesNoField(_Chosen, forms.TypedChoiceField):
    """A question answered True or False (None when optional and not answered)."""

    widget = forms.RadioSelect

    def __init__(self, label: str, *, look: Look = Look(inline=True), **options: Any) -> None:
        super().__init__(
            label,
            look=look,
            choices=[("yes", "Yes"), ("no", "No")],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class CheckboxesField(_Chosen, forms.MultipleChoiceField):
    """Any number of answers; ``look.none_of_these`` names the one that excludes the others."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, *, choices: Choices, **options: Any) -> None:
        super().__init__(label, choices=choices, **options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        none = self.look.none_of_these
        if none in value and len(value) > 1:
            words = dict(self.choices)[none]  # type: ignore[arg-type]
            raise ValidationError(f"Select {self.noun}, or select '{words}'", code="not_exclusive")


class FileField(Worded, forms.FileField):
    verb = "Select"

    def sentences(self) -> dict[str, str]:
        return {
            **super().sentences(),
            "invalid": f"{self.subject} could not be uploaded. Try again",
            "missing": f"Select {self.noun}",
            "empty": "The selected file is empty",
            "max_length": "The selected file's name must be 100 characters or fewer",
        }


PARTS = ("day", "month", "year")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:length]: index for index, name in enumerate(_MONTH_NAMES, start=1) for length in (3, 4, len(name))}
"""Whole names and the usual short ones: "nov", "sept"."""


class DateParts(NamedTuple):
    """A date as typed, in three boxes."""

    day: str = ""
    month: str = ""
    year: str = ""


class DateWidget(forms.Widget):
    """Reads ``name-day``, ``name-month`` and ``name-year``; the renderer draws it."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts:
        return DateParts(*(str(data.get(f"{name}-{part}") or "").strip() for part in PARTS))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)


class DateField(Worded):
    """A date typed as day, month and year. Each mistake gets a sentence that names the part to mend.

    ``when="past"`` or ``"future"`` includes today and needs ``today``, which the form hands over from its view.
    """

    widget = DateWidget

    def __init__(
        self,
        label: str,
        *,
        when: str = "any",
        earliest: dt.date = dt.date(1900, 1, 1),
        latest: dt.date = dt.date(2100, 12, 31),
        **options: Any,
    ) -> None:
        self.when, self.earliest, self.latest = when, earliest, latest
        self.today: dt.date | None = None
        super().__init__(label, **options)

    def prepare_value(self, value: Any) -> DateParts:
        if isinstance(value, dt.date):
            return DateParts(str(value.day), str(value.month), str(value.year))
        return value if isinstance(value, DateParts) else DateParts()

    def to_python(self, value: Any) -> dt.date | None:
        if value is None or isinstance(value, dt.date):
            return value
        typed = DateParts(*value)
        missing = tuple(part for part, text in zip(PARTS, typed, strict=True) if not text)
        if len(missing) == 3:
            return None
        if missing:
            raise self._refusal(f"must include a {' and '.join(missing)}", *missing)
        return self._real_date(typed)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.when != "any" and self.today is None:
            raise TypeError(f'The form with the date "{self.label}" must be given today=.')
        if self.when == "past" and self.today and value > self.today:
            raise self._refusal("must be today or in the past")
        if self.when == "future" and self.today and value < self.today:
            raise self._refusal("must be today or in the future")
        if value < self.earliest:
            raise self._refusal(f"must be on or after {date_in_words(self.earliest)}")
        if value > self.latest:
            raise self._refusal(f"must be on or before {date_in_words(self.latest)}")

    def _real_date(self, typed: DateParts) -> dt.date:
        day, month, year = _number(typed.day), _month(typed.month), _number(typed.year)
        if day is None or not 1 <= day <= 31:
            raise self._refusal("must be a real date", "day")
        if month is None:
            raise self._refusal("must be a real date", "month")
        if year is None or len(typed.year) != 4 or year == 0:
            raise ValidationError(
                f"Year in {self.noun} must include 4 numbers", code="invalid", params={"parts": ("year",)}
            )
        try:
            return dt.date(year, month, day)
        except ValueError:
            raise self._refusal("must be a real date") from None

    def _refusal(self, rest: str, *parts: str) -> ValidationError:
        return ValidationError(f"{self.subject} {rest}", code="invalid", params={"parts": parts or PARTS})


class TimeField(Worded):
    """A time of day: 14:30, 2:30pm, 2.30 pm, 1430, 2pm, midday or midnight."""

    widget = forms.TextInput
    _CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap]\.?m\.?)?", re.ASCII)

    def sentences(self) -> dict[str, str]:
        return {**super().sentences(), "invalid": f"{self.subject} must be a time, like 14:30 or 2:30pm"}

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value

    def to_python(self, value: Any) -> dt.time | None:
        if value is None or isinstance(value, dt.time):
            return value
        text = str(value).strip().lower()
        if not text:
            return None
        if text in ("midday", "noon", "midnight"):
            return dt.time(0 if text == "midnight" else 12)
        match = self._CLOCK.fullmatch(text)
        if match is None:
            raise self._refusal()
        return self._on_the_clock(int(match[1]), int(match[2] or 0), (match[3] or "")[:1], bare=not match[2])

    def _on_the_clock(self, hour: int, minute: int, half: str, *, bare: bool) -> dt.time:
        if (half and not 1 <= hour <= 12) or (bare and not half):
            raise self._refusal()
        try:
            return dt.time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)
        except ValueError:
            raise self._refusal() from None

    def _refusal(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid"], code="invalid")


def _noun_from(label: str) -> str:
    """``Date of birth`` → "date of birth"; ``NHS number`` keeps its capitals; a question cannot be a noun."""
    if label.endswith("?"):
        return "an answer"
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _month(text: str) -> int | None:
    name = text.lower().rstrip(".")
    if name in _MONTHS:
        return _MONTHS[name]
    number = _number(text)
    return number if number is not None and 1 <= number <= 12 else None


class TokenField(forms.UUIDField):
    """The form's own mark, by which a form sent twice is known. One that came to harm is replaced."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid4)

    def clean(self, value: Any) -> UUID:
        try:
            return super().clean(value) or uuid4()
        except forms.ValidationError:
            return uuid4()
