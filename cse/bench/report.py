"""The figures as a table, and which goals hold."""

from collections.abc import Iterable, Sequence

from cse.bench.pages import Page
from cse.bench.runs import Inside, Round

HEADINGS = ("page", "median ms", "p95 ms", "x B", "req/s (8)", "x B", "CPU ms", "x B", "queries", "SQL ms", "foreign")
Line = tuple[Page, Round, Inside]


def best(rounds: Sequence[Round]) -> Round:
    """The one that others disturbed the least."""
    return min(rounds, key=lambda each: each.foreign)


def table(lines: Iterable[Line]) -> str:
    rows = [HEADINGS, *(_cells(*line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows)


def _cells(page: Page, found: Round, inside: Inside) -> tuple[str, ...]:
    return (
        page.name,
        f"{found.alone.load.percentile(0.5):.1f}",
        f"{found.alone.load.percentile(0.95):.1f}",
        f"{found.times_alone:.1f}",
        f"{found.crowd.load.per_second:.0f}",
        f"{found.times_crowd:.1f}",
        f"{found.crowd.cpu_ms:.1f}",
        f"{found.times_cpu:.1f}",
        str(inside.queries),
        f"{inside.sql_ms:.1f}",
        f"{found.foreign:.2f}{'*' if found.disturbed else ''}",
    )


def bare_line(rounds: Sequence[Round]) -> str:
    """B itself, so that the ratios can be turned back into milliseconds."""
    found = best(rounds)
    return (
        f"B: median {found.bare_alone.load.percentile(0.5):.2f} ms with one client, "
        f"{found.bare_crowd.load.per_second:.0f} req/s with eight, {found.bare_crowd.cpu_ms:.2f} CPU ms"
    )


def verdicts(lines: Iterable[Line]) -> list[str]:
    """One sentence for each goal; a page must keep to it alone and with eight clients."""
    return [_verdict(page, found) for page, found, _ in lines if page.goal]


def _verdict(page: Page, found: Round) -> str:
    worse = max(found.times_alone, found.times_crowd)
    kept = "holds" if page.goal and worse <= page.goal else "DOES NOT HOLD"
    doubt = " (disturbed by other work: an upper bound)" if found.disturbed else ""
    return f"{page.name} at most x{page.goal}: {kept}, measured x{worse:.1f}{doubt}"
