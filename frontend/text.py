"""Dates, times, numbers and paragraphs as people read them. Times are shown in Europe/London."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.html import linebreaks
from django.utils.safestring import SafeString

LONDON = ZoneInfo("Europe/London")


def date_in_words(value: dt.date | None) -> str:
    """``23 November 2026``; a moment is read in London first; None is an empty string."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = _in_london(value)
    return f"{value.day} {value:%B} {value.year}"


def day_in_brief(value: dt.datetime, *, today: dt.date) -> str:
    """``23 Nov`` on one line, and with its year where that is another than today's: for a narrow column."""
    local = _in_london(value)
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local.day} {local:%b}{year}".replace(" ", "\N{NO-BREAK SPACE}")


def time_in_words(value: dt.datetime | dt.time | None) -> str:
    """``9:15am``, ``midday``, ``midnight``: GOV.UK style, where 12am and 12pm are too easily confused."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = _in_london(value)
    if value.minute == 0 and value.hour in (0, 12):
        return "midday" if value.hour else "midnight"
    return f"{value.hour % 12 or 12}:{value.minute:02}{'am' if value.hour < 12 else 'pm'}"


def moment_in_words(value: dt.datetime | None) -> str:
    """``23 November 2026 at 9:15am`` in Europe/London; in the hour that comes twice, which of the two it is."""
    return "" if value is None else f"{date_in_words(value)} at {time_in_words(value)}{_which_of_two(value)}"


def _which_of_two(value: dt.datetime) -> str:
    """The clocks go back once a year, and then 1:30am alone does not say when."""
    local = _in_london(value)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return ""
    return " (winter time)" if local.fold else " (summer time)"


def number_in_words(value: int) -> str:
    return f"{value:,}"


def paragraphs(value: str | None) -> SafeString:
    """What someone typed, as escaped paragraphs and line breaks."""
    return SafeString(linebreaks(value or "", autoescape=True).replace("<p>", '<p class="govuk-body">'))  # nosec B703


def local_day(at: dt.datetime) -> dt.date:
    """The day it is in London at this moment."""
    return _in_london(at).date()


def _in_london(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be shown: nobody knows when it was.")
    return value.astimezone(LONDON)
