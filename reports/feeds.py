"""What the sections of a report are filled with: one function each, from whichever room holds the records.

A feed gives its blocks, an empty tuple where nothing happened, or None where nothing is collected yet. Whatever counts
children it takes from `asked.numbers`, never from the records: only there is it hidden what must be.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from delivery_plan.rules import Pillar, Rag
from delivery_plan.selectors import Line
from figures import measures
from figures.measures import Breakdown
from figures.rules import Period
from frontend.text import date_in_words
from governance import pack
from missing.rules import NATIONAL_MEAN
from reports import selectors
from reports.numbers import NOT_COLLECTED, SHORTENED, TOO_FEW, Numbers
from reports.printed import Block, Cell, Table

CONSISTENCY = "riskassessment.judgement"
IN_TIME = "missing.in_time"
NO_PLAN = "There was no delivery plan when this report was made."
COUNTED_STATES = ("Red", "Amber", "Green", "Not rated", "Closed", "Overdue", "No update for a quarter", "Blocked")


@dataclass(frozen=True)
class Asked:
    """A quarter, the moment at which it is looked at, and what may be said of its figures."""

    quarter: Period
    at: datetime
    numbers: Numbers


Feed = Callable[[Asked], Sequence[Block] | None]


def at_a_glance(asked: Asked) -> Sequence[Block]:
    """Each measure of the data pack beside the quarter and the year before."""
    periods = [*asked.quarter.quarters_before(5)]
    shown = (periods[4], periods[3], periods[0])
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (found.title, *(asked.numbers.of_measure(key, each).in_full for each in shown))
        for key in pack.measures()
        if (found := measures.find(key))
    )
    before, year_before = f"Quarter before ({periods[3].in_brief})", f"Year before ({periods[0].in_brief})"
    heads = ("Figure", asked.quarter.in_brief, before, year_before)
    return (Block(table=Table("The quarter at a glance", heads, rows)),)


def progress(asked: Asked) -> Sequence[Block]:
    """What is claimed of each action, pillar by pillar, beside what the figures of the quarter say."""
    lines = selectors.plan_lines(asked.at)
    if lines is None:
        return (Block(text=(NO_PLAN,)),)
    by_pillar = [(str(each.label), [line for line in lines if line.action.pillar == each]) for each in Pillar]
    groups = [*by_pillar, ("All", lines)]
    counts: tuple[tuple[Cell, ...], ...] = tuple((name, *_counts(group)) for name, group in groups)
    table = Table("How the actions stand", ("Pillar", *COUNTED_STATES), counts)
    done = selectors.last_updates(lines)
    return (Block(table=table), *(_pillar(asked, name, group, done) for name, group in by_pillar))


def barriers(asked: Asked) -> Sequence[Block]:
    """What stands in the way, and what was lifted in the quarter."""
    standing, lifted = selectors.barriers(asked.quarter)
    heads = ("What stands in the way", "Action", "Since", "Who can lift it", "Raised to")
    rows = tuple(
        (each.what, f"Action {each.action.number}", date_in_words(each.since_on), each.who_can_lift, each.raised_to)
        for each in standing
    )
    gone = tuple((each.what, f"Action {each.action.number}", each.how_lifted) for each in lifted)
    lifted_heads = ("What stood in the way", "Action", "How it was lifted")
    return (
        or_sentence("Barriers that stand", heads, rows, "Nothing that has been reported stands in the way."),
        or_sentence("Barriers lifted in the quarter", lifted_heads, gone, "No barrier was lifted in the quarter."),
    )


def consistency(asked: Asked) -> Sequence[Block] | None:
    """The same indicators, and what each agency's professionals judged."""
    found = measures.breakdowns().get(CONSISTENCY)
    table = asked.numbers.table(found) if found else None
    why = "Where one agency often judges otherwise than the same indicators suggest, its cases are looked at together."
    return (Block(text=(why,)), _crossed(asked.numbers, found)) if found and table else None


def data_pack(asked: Asked) -> Sequence[Block]:
    """The sections of the dashboard, over eight quarters, each measure with its chart."""
    return tuple(block for section in pack.SECTIONS for block in _section(asked.numbers, section))


def benchmarks(asked: Asked) -> Sequence[Block]:
    """The strategy's July 2015 estimates (strategy §6, domain.md 28), and what others reach (domain.md 16)."""
    heads = ("When", "Victims, region", "Victims, Wolverhampton", "Offenders, region", "Offenders, Wolverhampton")
    baseline: tuple[Cell, ...] = ("July 2015 (strategy, section 6)", 376, 24, 229, 15)
    now = (asked.quarter.in_brief, *[NOT_COLLECTED] * 4)
    ours = asked.numbers.of_measure(IN_TIME, asked.quarter).in_full
    survey = "Mean of authorities, 2023 to 2024 (Missing People, by information requests)"
    reached = (("Here, in the quarter", ours), (survey, f"{NATIONAL_MEAN}%"))
    return (
        Block(table=Table("Identified victims and offenders", heads, (baseline, now))),
        Block(table=Table("Return interviews held within 72 hours", ("Who", "Reached"), reached)),
    )


def _section(numbers: Numbers, section: pack.Section) -> Iterator[Block]:
    yield Block(heading=section.title)
    found = [(measures.known()[key], why) for key, why in section.measures if key in measures.known()]
    tables = [measures.breakdowns()[key] for key in section.breakdowns if key in measures.breakdowns()]
    if not found and not tables:
        yield Block(text=("Not yet collected.",))
    for measure, why in found:
        graph = numbers.graph(measure.key, measure.title)
        table = numbers.trend_table(measure.key, measure.title)
        yield Block(measure.title, (why,), graph, table, is_minor=True)
    for each in tables:
        if each.key != CONSISTENCY:
            yield _crossed(numbers, each)


def _crossed(numbers: Numbers, breakdown: Breakdown) -> Block:
    table = numbers.table(breakdown)
    if table is None:
        return Block(text=(f"{breakdown.title}: {NOT_COLLECTED}.",))
    if not table.rows:
        return Block(text=(f"{table.title}: {TOO_FEW}",))
    return Block(table=table, text=(SHORTENED,) if numbers.is_shortened(breakdown) else ())


def _pillar(asked: Asked, name: str, lines: Sequence[Line], done: Mapping[int, str]) -> Block:
    heads = ("Action", "Lead", "How it stands, and why", "What was done", "What the figures say")
    rows = tuple(_action(asked, line, done.get(line.action.pk, "No update yet")) for line in lines)
    return Block(heading=name, table=Table(f"{name}: action by action", heads, rows, numbers_from=len(heads)))


def _action(asked: Asked, line: Line, done: str) -> tuple[Cell, ...]:
    action = line.action
    lead = action.lead_agency.name if action.lead_agency else "No lead agency yet"
    due = f"{lead}. Due {date_in_words(action.due_on)}" if action.due_on else lead
    return (f"{action.number}. {action.text}", due, _state(line), done, _figures(asked, line))


def _state(line: Line) -> str:
    action = line.action
    if action.closed_on:
        return f"Closed: {action.closed_reason}"
    marks = [words for words, holds in (("Overdue", line.overdue), ("No update for a quarter", line.stale)) if holds]
    said = f"{action.get_rag_display()}. {action.rag_reason}" if action.rag else "Not rated"
    despite = f"Despite the figures: {action.despite}" if action.despite else ""
    return " ".join(part for part in (said, despite, *(f"{mark}." for mark in marks)) if part)


def _figures(asked: Asked, line: Line) -> str:
    """That the figures say otherwise is said only where the figure itself may be read."""
    if not (found := measures.find(line.action.measure)):
        return "No live measure"
    said = asked.numbers.of_measure(found.key, asked.quarter)
    words = f"{found.title}: {said.in_full}"
    if line.action.target is None:
        return words
    bound, unit = ("at least" if found.better is measures.Better.MORE else "at most"), "" if said.whole is None else "%"
    words += f". Target {bound} {line.action.target:,}{unit}"
    value = asked.numbers.known.get((found.key, asked.quarter))
    otherwise = value is not None and not said.is_hidden and value.reaches(line.action.target, found.better) is False
    return f"{words}. Figures say otherwise" if otherwise and line.action.rag == Rag.GREEN else words


def _counts(lines: Sequence[Line]) -> list[int]:
    opened = [line for line in lines if not line.action.closed_on]
    rated = [sum(line.action.rag == each for line in opened) for each in (*Rag, "")]
    marks = [line.overdue for line in lines], [line.stale for line in lines], [bool(line.barriers) for line in lines]
    return [*rated, len(lines) - len(opened), *(sum(each) for each in marks)]


def or_sentence(title: str, heads: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], otherwise: str) -> Block:
    """A table of words, or the sentence where it would have no row."""
    table = Table(title, heads, rows, numbers_from=len(heads)) if rows else None
    return Block(table=table, text=() if rows else (otherwise,))
