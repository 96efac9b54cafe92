"""A reader of published reports who tries every number: slow, and nothing of the suppression's own reckoning."""

from collections.abc import Iterator, Sequence

from figures.suppression import SMALL, Key, Report

Place = tuple[int, Key]
Span = tuple[int, int]


class Reader:
    """Knows what is printed, the sums, that no count is negative, that no nought is hidden but in a later version, and
    that something is hidden because of a small number. `most` is the largest number that is tried.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        self.truth: dict[Place, int] = {}
        self.spans: dict[Place, Span] = {}
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

    def possible(self, secret: Place, enough: int) -> set[int]:
        """Numbers that the secret might be, for all that is printed, until there are enough."""
        low, high = self.spans[secret]
        found: set[int] = set()
        for value in sorted(range(low, high + 1), key=lambda value: abs(value - self.truth[secret])):
            if len(found) < enough and any(self._worlds({**self.spans, secret: (value, value)})):
                found.add(value)
        return found

    def _worlds(self, spans: dict[Place, Span]) -> Iterator[bool]:
        narrowed = self._narrowed(dict(spans))
        if narrowed is None:
            return
        unsure = [place for place, (low, high) in narrowed.items() if low < high]
        if not unsure:
            yield from [True] * any(narrowed[place][0] in SMALL for place in self.spans if self._is_unknown(place))
            return
        place = min(unsure, key=lambda each: narrowed[each][1] - narrowed[each][0])
        low, high = narrowed[place]
        for value in sorted(range(low, high + 1), key=lambda value: abs(value - self.truth[place])):
            yield from self._worlds({**narrowed, place: (value, value)})

    def _is_unknown(self, place: Place) -> bool:
        low, high = self.spans[place]
        return low < high

    def _narrowed(self, spans: dict[Place, Span]) -> dict[Place, Span] | None:
        """None where the sums cannot all be true."""
        before = None
        while before != spans:
            before = dict(spans)
            for total, parts in self.sums:
                least, most = sum(spans[each][0] for each in parts), sum(spans[each][1] for each in parts)
                low, high = spans[total]
                spans[total] = max(low, least), min(high, most)
                for each in parts:
                    one_low, one_high = spans[each]
                    spans[each] = max(one_low, low - most + one_high), min(one_high, high - least + one_low)
                if any(spans[each][0] > spans[each][1] for each in (total, *parts)):
                    return None
        return spans
