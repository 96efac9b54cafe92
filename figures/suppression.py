"""Which counts a published report leaves out, so that nobody can be made out behind a small number (domain.md 26).

Counts of 1 to 4 are hidden, and so is what would reveal them: what is added up with them, what an earlier report
printed of the same, and what a percentage tells. Nought is printed, because it is about nobody; only where it corrects
another number may it have to be hidden beside a small one.

A report is *counts* by key and the *sums* between them; a table's rows, columns and totals are sums, a part and the
rest of its whole are one, and so are three months and their quarter. Whoever reads all reports knows each count that
was printed and each sum. What is hidden is safe where the hidden counts could change together, every sum and every
printed count staying as it is, so that each of them might be at least four different numbers.

Which count is hidden beside a small one never depends on how large it is: always to hide the smallest would tell that
all the others are larger. It depends on a secret, because who knows which one is taken beside 4 and 4 in a row, sees
from another's being printed that both are small, and from their sum of 8 that both are 4.

Pure: no database, no clock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from math import gcd, inf, lcm

from figures.rules import HIDDEN, Part

SMALL = range(1, 5)
"""What is never printed."""
ROOM = len(SMALL)
"""How many numbers, at least, each hidden count might be."""
FOOTNOTE = "[c]: a number from 1 to 4, or one that would reveal it, is not shown."

ALL = ""
"""Stands in a key where a total stands in the table."""
REST = "rest"

Key = tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """The total is what its parts add up to."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Counts:
    """What a report would print if it hid nothing. `unprinted` are those that only the sums need.

    A sum may name keys of earlier reports. Raises ValueError where a count is negative or `unprinted` names none.
    """

    values: Mapping[Key, int]
    sums: tuple[Sum, ...] = ()
    unprinted: frozenset[Key] = frozenset()

    def __post_init__(self) -> None:
        if any(value < 0 for value in self.values.values()):
            raise ValueError("A count is never negative.")
        if self.unprinted - self.values.keys():
            raise ValueError("Each count that is not printed needs its value too.")

    def __or__(self, other: "Counts") -> "Counts":
        """Both in one report. Raises ValueError where they say different numbers for one key."""
        if any(self.values[key] != value for key, value in other.values.items() if key in self.values):
            raise ValueError("One key has two values.")
        unprinted = (self.unprinted - _printed(other)) | (other.unprinted - _printed(self))
        return Counts({**self.values, **other.values}, (*self.sums, *other.sums), unprinted)


@dataclass(frozen=True)
class Report:
    """Counts as they are printed. Give it back as an earlier one when the next is made.

    `exposed` are counts that could not be made safe, because what was printed earlier tells them already.
    """

    counts: Counts
    hidden: frozenset[Key]
    exposed: frozenset[Key] = frozenset()

    def printed(self, key: Key) -> int | None:
        """None where it is hidden. Raises KeyError where the report does not print it at all."""
        if key not in _printed(self.counts):
            raise KeyError(key)
        return None if key in self.hidden else self.counts.values[key]

    def said(self, key: Key) -> str:
        """`1,234`, or `[c]`; the same on a page, in a PDF and in a CSV."""
        value = self.printed(key)
        return HIDDEN if value is None else f"{value:,}"

    def percent(self, of: Key, whole: Key) -> str:
        """`[c]` where either is hidden: beside the one, a percentage tells the other."""
        part, out_of = self.printed(of), self.printed(whole)
        return HIDDEN if part is None or out_of is None else Part(part, out_of).percent


def single(key: Key, value: int) -> Counts:
    return Counts({key: value})


def breakdown(name: Key, parts: Mapping[str, int]) -> Counts:
    """Parts, and their total under (*name, ALL)."""
    values = {(*name, label): value for label, value in parts.items()}
    return _with_totals(values, [Sum((*name, ALL), tuple(values))])


def table(name: Key, rows: Mapping[str, Mapping[str, int]], *, unprinted: Iterable[Key] = ()) -> Counts:
    """Rows of columns, under (*name, row, column), with all totals; `unprinted` are totals that are not printed.

    Raises ValueError where the rows have different columns.
    """
    columns = tuple(dict.fromkeys(chain.from_iterable(rows.values())))
    if any(set(row) != set(columns) for row in rows.values()):
        raise ValueError("Each row needs each column.")
    values = {(*name, row, column): rows[row][column] for row in rows for column in columns}
    sums = [Sum((*name, row, ALL), tuple((*name, row, column) for column in columns)) for row in rows]
    sums += [Sum((*name, ALL, column), tuple((*name, row, column) for row in rows)) for column in (*columns, ALL)]
    sums.append(Sum((*name, ALL, ALL), tuple((*name, ALL, column) for column in columns)))
    counts = _with_totals(values, sums)
    return Counts(counts.values, counts.sums, frozenset(unprinted))


def part(of: Key, whole: Key, value: Part) -> Counts:
    """So many of so many. The rest is not printed, but a percentage tells it as well: 38 of 40 are all but 2."""
    rest = (*of, REST)
    values = {of: value.of, whole: value.whole, rest: value.whole - value.of}
    return Counts(values, (Sum(whole, (of, rest)),), frozenset({rest}))


def added_up(total: Key, names: Sequence[Key], keys: Iterable[Key]) -> tuple[Sum, ...]:
    """The sums between reports or tables of one shape: a year's, under `total`, of its quarters', under `names`.

    `keys` are what stands behind the name: the table's labels.
    """
    return tuple(Sum((*total, *key), tuple((*name, *key) for name in names)) for key in keys)


def suppress(now: Counts, earlier: Sequence[Report] = (), *, secret: str, settled: Report | None = None) -> Report:
    """The counts as they can be printed after these reports, the oldest of them first.

    A key that an earlier report has too is a later version of the same count. Where it differs by 1 to 4 from what
    was printed, it is hidden; where it was hidden, it stays so; where it is as it was printed, it stays printed,
    because everybody would take a hidden one to be unchanged.

    `settled` says of some of these counts whether they are printed: they stay so, and the others have to fit in. Give
    the headlines first, and then the tables below them, or a table of few may take its headline with it.

    `secret` is any text that no reader knows; another one hides other counts beside the small ones. Raises ValueError
    where a sum is wrong or names no count.
    """
    reader = _Reader(secret)
    for report in _bearing_on(now, earlier):
        reader.reads(report.counts, report.hidden)
    reader.reads(now, None, settled)
    reader.leave_what_is_told()
    reader.hide_what_stands_alone()
    while chosen := reader.beside_the_narrow():
        for cell in chosen:
            reader.hide(cell)
        reader.hide_what_stands_alone()
    return Report(now, reader.hidden_in_last(), frozenset(key for _, key in reader.narrow()))


def _bearing_on(now: Counts, earlier: Sequence[Report]) -> list[Report]:
    """Without sums that name none of these counts, nor an unknown one of a sum that does: those stay as safe."""
    unknown = {key for report in earlier for key in (*report.hidden, *report.counts.unprinted)}
    left = {each for report in earlier for each in report.counts.sums}
    named = near = {*now.values, *(key for each in now.sums for key in (each.total, *each.parts))}
    while found := {each for each in left if not near.isdisjoint((each.total, *each.parts))}:
        left -= found
        named = named | {key for each in found for key in (each.total, *each.parts)}
        near = near | (named & unknown)
    return [_part_of(report, named) for report in earlier]


def _part_of(report: Report, keys: set[Key]) -> Report:
    values = {key: value for key, value in report.counts.values.items() if key in keys}
    sums = tuple(each for each in report.counts.sums if keys >= {each.total, *each.parts})
    return Report(Counts(values, sums, report.counts.unprinted & values.keys()), report.hidden & values.keys())


Cell = tuple[int, Key]
"""A count in one report, by the report's number."""
Move = dict[Cell, int]
"""By how much each count changes."""


class _Reader:
    """Somebody who has all reports, the last of them still in the making, and adds up and takes away."""

    def __init__(self, secret: str) -> None:
        self.salt = secret.encode()
        self.reports: list[Counts] = []
        self.values: dict[Cell, int] = {}
        self.place: dict[Cell, bytes] = {}
        self.lowest: dict[Cell, int] = {}
        """The least that each might be. A hidden count is not nought, unless it is a later version."""
        self.sums: list[Move] = []
        """Each adds up to nought: 1 for a part, -1 for the total."""
        self.sums_of: dict[Cell, list[int]] = {}
        self.height: dict[Cell, int] = {}
        """0, and for a total more than for its parts."""
        self.unknown: set[Cell] = set()
        """What is hidden or not printed."""
        self.secret: set[Cell] = set()
        """What has to stay unknown."""
        self.open: set[Cell] = set()
        """What is printed and could still be hidden."""
        self._latest: dict[Key, int] = {}
        self._kept: set[Key] = set()
        """What was kept secret before."""
        self._told: dict[Key, list[int]] = {}
        """What earlier versions said, the oldest first."""

    def reads(self, counts: Counts, hidden: frozenset[Key] | None, settled: Report | None = None) -> None:
        """The next report; None where it is still to be decided what it hides, beside what is settled."""
        number = len(self.reports)
        self.reports.append(counts)
        self._latest |= dict.fromkeys(counts.values, number)
        for key, value in counts.values.items():
            self.values[number, key] = value
            self.place[number, key] = blake2b(repr(key).encode(), key=blake2b(self.salt).digest()).digest()
            self.sums_of[number, key] = []
            self.height[number, key] = 0
            self._sort((number, key), settled.hidden if settled and key in settled.counts.values else hidden)
        for each in counts.sums:
            self._take(each)
        self._remember(number)

    def hide(self, cell: Cell) -> None:
        self.unknown.add(cell)
        self.secret.add(cell)
        self.open.discard(cell)

    def hidden_in_last(self) -> frozenset[Key]:
        last = len(self.reports) - 1
        return frozenset(key for key in _printed(self.reports[last]) if (last, key) in self.unknown)

    def leave_what_is_told(self) -> None:
        """What would be known if all that can be hidden were: hiding it would be in vain."""
        movable = {cell for move in self._moves_of(self.unknown | self.open) for cell in move}
        self.open &= movable

    def hide_what_stands_alone(self) -> None:
        """So that in each sum with a secret two are unknown, as far as there is one to hide."""
        waiting = list(range(len(self.sums)))
        while waiting:
            place = waiting.pop()
            unknown = self.sums[place].keys() & self.unknown
            if len(unknown) == 1 and unknown <= self.secret and (other := self._one_of(self.sums[place])):
                self.hide(other)
                waiting += self.sums_of[other]

    def narrow(self) -> list[Cell]:
        """The secrets about which the reports say too much, in their order."""
        safe = {cell for cell in self.unknown if not self.sums_of[cell]}
        for move in chain(self._moves_of(self.unknown), self._moves_of(self.unknown, totals_first=True)):
            if self._steps(move) >= ROOM:
                safe |= move.keys()
        return [cell for cell in self.values if cell in self.secret and cell not in safe]

    def beside_the_narrow(self) -> list[Cell]:
        """What to hide next: nothing where all is safe, or where nothing is left that would help."""
        chosen: list[Cell] = []
        for cell in self.narrow():
            if self._beside(cell).isdisjoint(chosen) and (other := self._nearest(cell)):
                chosen.append(other)
        return chosen

    def _sort(self, cell: Cell, hidden: frozenset[Key] | None) -> None:
        """Is it printed, hidden or to be hidden, and could it be?"""
        number, key = cell
        printed = key not in self.reports[number].unprinted
        told = self._told.get(key, [])
        self.lowest[cell] = 1 if printed and key not in self._kept and not told else 0
        delicate = key in self._kept or self._is_delicate(cell)
        if not printed:
            self.unknown.add(cell)
            self.secret |= {cell} if delicate else set()
        elif delicate if hidden is None else key in hidden:
            self.hide(cell)
        elif hidden is None and (told or self.values[cell]) and self.values[cell] not in told[-1:]:
            self.open.add(cell)

    def _is_delicate(self, cell: Cell) -> bool:
        value = self.values[cell]
        return value in SMALL or any(abs(value - told) in SMALL for told in self._told.get(cell[1], []))

    def _take(self, each: Sum) -> None:
        """Keys stand for their latest versions."""
        if not self._latest.keys() >= {each.total, *each.parts}:
            raise ValueError(f"A sum names a count that no report has: {each}")
        total = (self._latest[each.total], each.total)
        row = {(self._latest[key], key): 1 for key in each.parts} | {total: -1}
        if sum(sign * self.values[cell] for cell, sign in row.items()):
            raise ValueError(f"The parts do not add up to their total: {each}")
        self.height[total] = max(self.height[cell] + 1 for cell in row)
        for cell in row:
            self.sums_of[cell].append(len(self.sums))
        self.sums.append(row)

    def _remember(self, number: int) -> None:
        """For the versions to come. What is not printed is told by a sum in which nothing else is unknown."""
        for key in self.reports[number].values:
            cell = (number, key)
            if cell in self.secret:
                self._kept.add(key)
            elif cell not in self.unknown or any(
                self.unknown & self.sums[place].keys() == {cell} for place in self.sums_of[cell]
            ):
                self._told.setdefault(key, []).append(self.values[cell])

    def _moves_of(self, cells: set[Cell], *, totals_first: bool = False) -> Iterator[Move]:
        """The ways in which these could change, all others being known.

        The largest give way to the others, because they have the most room; or the totals, which have all there is.
        """
        rows = [{cell: row[cell] for cell in row.keys() & cells} for row in self.sums]
        if totals_first:
            return _moves(rows, lambda cell: (self.height[cell], self.values[cell], cell))
        return _moves(rows, lambda cell: (self.values[cell], self.height[cell], cell))

    def _beside(self, cell: Cell) -> set[Cell]:
        return {other for place in self.sums_of[cell] for other in self.sums[place]}

    def _one_of(self, cells: Iterable[Cell]) -> Cell | None:
        """The one that would stand alone in the fewest sums; of those the first in the secret order."""
        return min((cell for cell in cells if cell in self.open), key=self._alone_in, default=None)

    def _alone_in(self, cell: Cell) -> tuple[int, bytes]:
        alone = sum(self.unknown.isdisjoint(self.sums[place]) for place in self.sums_of[cell])
        return alone, self.place[cell]

    def _nearest(self, cell: Cell) -> Cell | None:
        """One that could be hidden in a sum with this one, or with an unknown one beside it, and so on."""
        seen, ring = {cell}, self._beside(cell)
        while ring:
            if found := self._one_of(ring):
                return found
            seen |= ring
            ring = {other for each in ring & self.unknown for other in self._beside(each)} - seen
        return None

    def _steps(self, move: Move) -> float:
        """In how many worlds it ends, this one among them, with every count at its lowest or above."""
        return 1 + self._steps_along(move, 1) + self._steps_along(move, -1)

    def _steps_along(self, move: Move, way: int) -> float:
        falling = [(cell, -step * way) for cell, step in move.items() if step * way < 0]
        return min(((self.values[cell] - self.lowest[cell]) // by for cell, by in falling), default=inf)


def _moves(sums: Iterable[Move], rank: Callable[[Cell], tuple[int, int, Cell]]) -> Iterator[Move]:
    """The ways in which the counts could change together and no sum would: a basis of them, in whole numbers.

    Those of high rank give way to the others.
    """
    solved: dict[Cell, Move] = {}
    for each in sums:
        row = dict(each)
        for cell in row.keys() & solved.keys():
            row = _without(cell, row, solved[cell])
        if row:
            pivot = max(row, key=rank)
            for cell in [cell for cell, other in solved.items() if pivot in other]:
                solved[cell] = _without(pivot, solved[cell], row)
            solved[pivot] = row
    for free in sorted({cell for row in solved.values() for cell in row} - solved.keys()):
        rows = {cell: row for cell, row in solved.items() if free in row}
        scale = lcm(*(row[cell] for cell, row in rows.items()))
        yield {free: scale} | {cell: -row[free] * scale // row[cell] for cell, row in rows.items()}


def _without(cell: Cell, row: Move, other: Move) -> Move:
    """The row less so much of the other that the cell falls out."""
    of_row, of_other = row[cell], other[cell]
    found = {
        each: number
        for each in row.keys() | other.keys()
        if (number := row.get(each, 0) * of_other - other.get(each, 0) * of_row)
    }
    shared = gcd(*found.values())
    return {each: number // shared for each, number in found.items()}


def _with_totals(values: Mapping[Key, int], sums: Sequence[Sum]) -> Counts:
    """The totals after what they add up."""
    found = dict(values)
    for each in sums:
        found[each.total] = sum(found[key] for key in each.parts)
    return Counts(found, tuple(sums))


def _printed(counts: Counts) -> frozenset[Key]:
    return frozenset(counts.values) - counts.unprinted
