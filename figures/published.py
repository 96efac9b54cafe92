"""Figures for whoever may not see the children behind them: 1 to 4 are hidden, and what tells them (domain.md 26).

They are weighed against what reports have printed: a number keeps its key there and here. A quarter that still runs is
not for such readers, because whoever looks each day would see single children added to it.
"""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.models import User
from accounts.roles import Permission
from figures import measures, suppression
from figures.measures import Value
from figures.rules import Part, Period
from figures.selectors import Known
from figures.suppression import REST, SMALL, Counts, Key, Report

Reports = Callable[[], Sequence[Report]]
_REPORTS: list[Reports] = []


def reports_from(find: Reports) -> None:
    """Register where the reports that were issued are found, the oldest first; for the room above that issues them."""
    _REPORTS.append(find)


def sees_every_figure(user: User | None) -> bool:
    """Whoever goes through the children behind the figures."""
    return user is not None and Permission.DASHBOARD_VIEW in user.permissions


def suppressed(known: Known) -> Known:
    """The same figures, those hidden that may not be shown."""
    counts = Counts({})
    for (key, period), value in known.items():
        if measures.counts_children(key):
            counts |= counts_of(key_of(key, period), value)
    earlier = [report for find in _REPORTS for report in find()] if counts.values else []
    secret = salted_hmac("figures.published", "which is hidden", secret=settings.SECRET_KEY).hexdigest()
    report = suppression.suppress(counts, earlier, secret=secret)
    hidden = {_figure(key) for key in report.hidden}
    return {about: _hidden(value) if key_of(*about) in hidden else value for about, value in known.items()}


def is_small(value: Value) -> bool:
    """Whether any number that it tells is one of 1 to 4: the part, the whole, what is left of it."""
    whole = value.of if value.whole is None else value.whole
    return any(number in SMALL for number in (value.of, whole, whole - value.of))


def key_of(measure: str, period: Period) -> Key:
    """By which the figure is known in every report, and here."""
    return ("measure", measure, period.first.isoformat())


def counts_of(key: Key, value: Value) -> Counts:
    if value.whole is None:
        return suppression.single(key, value.of)
    return suppression.part((*key, "of"), (*key, "whole"), Part(value.of, value.whole))


def _hidden(value: Value) -> Value:
    """Nothing of it but whether it is a percentage."""
    return Value(0, None if value.whole is None else 0, is_hidden=True)


def _figure(key: Key) -> Key:
    """Whose number it is: a percentage is hidden with either of its numbers, so neither stands alone."""
    return key[:-1] if key[-1] in {"of", "whole", REST} else key
