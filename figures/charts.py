"""Charts as plain SVG with a table and a sentence, the same for a page and for a PDF (WCAG 1.1.1, 1.4.1, 1.4.11).

Presentation attributes alone, because the site's policy allows no inline style. A point that is not known is a gap,
never a zero. Lines differ in their marks as well as in their colours, and each ends in its own name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, log10

from django.utils.html import escape
from django.utils.safestring import SafeString

from figures.rules import HIDDEN

COLOURS = ("#12436D", "#801650", "#28A197", "#F46A25", "#3D3D3D")
"""Each at least 3:1 on white (ui.md 2)."""
MARKS = ("circle", "square", "diamond", "triangle", "cross")
WIDTH, HEIGHT = 640, 260
SPARK_WIDTH, SPARK_HEIGHT = 100, 20
LEFT, RIGHT, TOP, BOTTOM = 48, 24, 20, 44
GREY, INK = "#767676", "#0B0C0C"


@dataclass(frozen=True)
class Series:
    """`values` belong to the chart's labels, one each; None where nothing is known."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Chart:
    """Lines over time. `unit` stands after each number; at the places `hidden`, nothing may be shown.

    Raises ValueError where a series is too short.
    """

    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    target: float | None = None
    hidden: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(len(each.values) != len(self.labels) for each in self.series):
            raise ValueError("Each series needs a value, or None, for each label.")

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The same as a table: a label and what each series has there."""
        return [(label, [self._at(place, each) for each in self.series]) for place, label in self._places()]

    @property
    def summary(self) -> str:
        """What the chart shows, in a sentence for each series."""
        sentences = [self._summary_of(each) for each in self.series]
        target = f" The target is {self.said(self.target)}." if self.target is not None else ""
        return " ".join(sentences) + target

    def _at(self, place: int, series: Series) -> str:
        return HIDDEN if place in self.hidden else self.said(series.values[place])

    def said(self, value: float | None) -> str:
        return "not known" if value is None else f"{value:,.0f}{self.unit}"

    def svg(self, prefix: str) -> SafeString:
        """`prefix` makes the ids one of their kind on the page."""
        parts = [f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {HEIGHT}"']
        parts.append(f' class="app-chart__image" aria-labelledby="{escape(prefix)}-title {escape(prefix)}-desc">')
        parts.append(f'<title id="{escape(prefix)}-title">{escape(self.title)}</title>')
        parts.append(f'<desc id="{escape(prefix)}-desc">{escape(self.summary)}</desc>')
        parts += [*self._scale(), *self._names(), *self._aim()]
        for number, series in enumerate(self.series):
            parts += self._line(series, number)
        return SafeString("".join([*parts, "</svg>"]))  # nosec B703

    def sparkline(self) -> SafeString:
        """The first series' course alone, as high as a line of text; what it comes to is said in its title."""
        values = self.series[0].values
        gaps, top = max(1, len(values) - 1), max([1.0, *(value for value in values if value is not None)])
        parts = ['<svg xmlns="http://www.w3.org/2000/svg" role="img" class="app-sparkline"']
        parts.append(f' viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}"><title>{escape(self.summary)}</title>')
        for stretch in _stretches(values):
            places = [(4 + n * (SPARK_WIDTH - 8) / gaps, 4 + (1 - v / top) * (SPARK_HEIGHT - 8)) for n, v in stretch]
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[0]}" stroke-width="2"/>')
            x, y = places[-1]
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{COLOURS[0]}"/>')
        return SafeString("".join([*parts, "</svg>"]))  # nosec B703

    def _places(self) -> Iterable[tuple[int, str]]:
        return enumerate(self.labels)

    def _summary_of(self, series: Series) -> str:
        known = [(label, value) for label, value in zip(self.labels, series.values, strict=True) if value is not None]
        if not known:
            return f"{series.name}: nothing is known yet."
        (first_label, first), (last_label, last) = known[0], known[-1]
        name = f"{series.name}," if "," in series.name else series.name
        if len(known) == 1:
            return f"{series.name}: {self.said(first)} in {first_label}."
        if self.said(first) == self.said(last):
            return f"{name} was {self.said(first)} in {first_label} and in {last_label}."
        went = "rose" if last > first else "fell"
        return f"{name} {went} from {self.said(first)} in {first_label} to {self.said(last)} in {last_label}."

    @property
    def _top(self) -> float:
        """The highest number on the scale: a round one, 100 for percentages."""
        highest = max([0.0, *(value for each in self.series for value in each.values if value is not None)])
        highest = max(highest, self.target or 0)
        if self.unit == "%" and highest <= 100:
            return 100
        step = 10 ** max(0, ceil(log10(highest)) - 1) if highest > 1 else 1
        return float(ceil(max(highest, 4) / (4 * step)) * 4 * step)

    def _x(self, place: int) -> float:
        gaps = max(1, len(self.labels) - 1)
        return LEFT + 10 + place * (WIDTH - LEFT - RIGHT - 20) / gaps

    def _y(self, value: float) -> float:
        return HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM) / self._top

    def _scale(self) -> Iterator[str]:
        for quarter in range(5):
            value = self._top * quarter / 4
            y = self._y(value)
            colour = INK if quarter == 0 else "#DDDDDD"
            yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}"/>'
            yield _text(LEFT - 6, y + 4, self.said(value), anchor="end")

    def _names(self) -> Iterator[str]:
        every = max(1, ceil(len(self.labels) / 8))
        for place, label in self._places():
            if place % every == 0 or place == len(self.labels) - 1:
                yield _text(self._x(place), HEIGHT - BOTTOM + 18, label, anchor="middle")

    def _aim(self) -> Iterator[str]:
        if self.target is not None:
            y = self._y(self.target)
            yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GREY}"'
            yield ' stroke-width="2" stroke-dasharray="6 4"/>'
            yield _text(WIDTH - RIGHT, y - 6, f"Target {self.said(self.target)}", anchor="end")

    def _line(self, series: Series, number: int) -> Iterator[str]:
        colour, mark = COLOURS[number % len(COLOURS)], MARKS[number % len(MARKS)]
        for stretch in _stretches(series.values):
            points = " ".join(f"{self._x(place):.1f},{self._y(value):.1f}" for place, value in stretch)
            yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="3"/>'
            for place, value in stretch:
                yield _mark(mark, self._x(place), self._y(value), colour)
        if len(self.series) > 1:
            yield _text(LEFT + number * 150, HEIGHT - 4, f"{mark}: {series.name}", anchor="start", colour=colour)


def _stretches(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    """The runs of known values between the gaps."""
    run: list[tuple[int, float]] = []
    for place, value in enumerate([*values, None]):
        if value is not None:
            run.append((place, value))
        elif run:
            yield run
            run = []


def _text(x: float, y: float, text: str, *, anchor: str, colour: str = INK) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="14" '
        f"font-family=\"Arial, 'Liberation Sans', sans-serif\">{escape(text)}</text>"
    )


def _mark(kind: str, x: float, y: float, colour: str) -> str:
    shapes = {
        "square": f"M{x - 4:.1f} {y - 4:.1f}h8v8h-8z",
        "diamond": f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z",
        "triangle": f"M{x:.1f} {y - 5:.1f}l5 9h-10z",
        "cross": f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10",
    }
    if kind not in shapes:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'
    return f'<path d="{shapes[kind]}" fill="{colour}" stroke="{colour}" stroke-width="2"/>'
