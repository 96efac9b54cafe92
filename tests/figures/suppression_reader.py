"""A reader of published reports who tries every number: slow, and nothing of the suppression's own reckoning."""

from collections.abc import Iterable, Iterator, Sequence

from figures.suppression import SMALL, Key, Report

Place = tuple[int, Key]
Span = tuple[int, int]
Spans = dict[Place, Span]


class Reader:
    """Knows what is printed, the sums, that no count is negative, that no nought is hidden but in a later version, and
    that something is hidden because of a small number. `most` is the largest number that is tried.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        self.truth: dict[Place, int] = {}
        self.spans: Spans = {}
        self.sums: list[tuple[Place, list[Place]]] = []
        self.secrets: list[Place] = []
        latest: dict[Key, int] = {}
        most = 8 + max(value for report in reports for value in report.counts.values.values())
        for number, report in enumerate(reports):
            for key, value in report.counts.values.items():
                least = 0 if key in latest else 1
                latest[key] = number
                self.truth[number, key] = value
                self.spans[number, key] = (value, value)
                if key in report.counts.unprinted:
                    self.spans[number, key] = (0, most)
                    self.secrets += [(number, key)] if value in SMALL else []
                elif report.printed(key) is None:
                    self.spans[number, key] = (least, most)
                    self.secrets.append((number, key))
            for each in report.counts.sums:
                parts = [(latest[key], key) for key in each.parts]
                self.sums.append(((latest[each.total], each.total), parts))
        self.unknown = [place for place, (low, high) in self.spans.items() if low < high]
        self.about: dict[Place, list[int]] = {place: [] for place in self.spans}
        for index, (total, parts) in enumerate(self.sums):
            for place in (total, *parts):
                self.about[place].append(index)
        narrowed = self._narrowed(self.spans, range(len(self.sums)))
        assert narrowed, "what is printed cannot be true"
        self.spans = narrowed

    def possible(self, secret: Place, enough: int) -> set[int]:
        """Numbers that the secret might be, for all that is printed, until there are enough."""
        found: set[int] = set()
        for value in self._values(secret, self.spans):
            if len(found) < enough and any(self._worlds(self.spans, secret, value)):
                found.add(value)
        return found

    def _worlds(self, spans: Spans, place: Place, value: int) -> Iterator[bool]:
        """One for each way in which all else could be, if that were the number in this place."""
        narrowed = self._narrowed({**spans, place: (value, value)}, self.about[place])
        if narrowed is None:
            return
        unsure = [each for each in self.unknown if narrowed[each][0] < narrowed[each][1]]
        if not unsure:
            yield from [True] * any(narrowed[each][0] in SMALL for each in self.unknown)
            return
        place = min(unsure, key=lambda each: narrowed[each][1] - narrowed[each][0])
        for value in self._values(place, narrowed):
            yield from self._worlds(narrowed, place, value)

    def _values(self, place: Place, spans: Spans) -> list[int]:
        """What it might be, from the truth on."""
        low, high = spans[place]
        return sorted(range(low, high + 1), key=lambda value: abs(value - self.truth[place]))

    def _narrowed(self, known: Spans, news: Iterable[int]) -> Spans | None:
        """What follows from these sums, and from those that what follows is about; None where not all can be true."""
        spans, waiting = dict(known), dict.fromkeys(news)
        while waiting:
            index, _ = waiting.popitem()
            total, parts = self.sums[index]
            least, most = sum(spans[each][0] for each in parts), sum(spans[each][1] for each in parts)
            low, high = spans[total]
            follows = {total: (max(low, least), min(high, most))}
            for each in parts:
                one_low, one_high = spans[each]
                follows[each] = max(one_low, low - most + one_high), min(one_high, high - least + one_low)
            for each, span in follows.items():
                if span[0] > span[1]:
                    return None
                if span != spans[each]:
                    spans[each] = span
                    waiting.update(dict.fromkeys(self.about[each]))
        return spans
