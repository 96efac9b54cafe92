"""What the PDF of a quarterly report costs beside WeasyPrint alone on the finished HTML, in turns."""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

import pikepdf

from delivery_plan.rules import Pillar
from delivery_plan.strategy import ACTIONS
from figures.rules import Period
from frontend import pdf
from governance import pack
from reports import outline, paper
from reports.printed import Block, Document, Graph, Section, Table, as_json, from_json
from reports.rules import QUARTERS

MOST = 1.15
"""Times WeasyPrint on the finished HTML."""
WORDS = (
    "What was done stands in the minutes, and what comes next was agreed with each agency that has a part in it. " * 3
)
QUARTER = Period.quarter(date(2026, 7, 1))
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Compared:
    pages: int
    charts: int
    size: int
    ours: list[float]
    alone: list[float]
    """Seconds of the processor: what else the machine does adds little to them."""

    @property
    def times(self) -> float:
        """Of the quickest runs."""
        return min(self.ours) / min(self.alone)

    def __str__(self) -> str:
        verdict = "holds" if self.times <= MOST else "NO"
        return (
            f"{self.pages} pages, {self.charts} charts, {self.size / 1000:.0f} kB: "
            f"{min(self.ours):.2f} s (median {median(self.ours):.2f}), WeasyPrint alone {min(self.alone):.2f} s "
            f"(median {median(self.alone):.2f}): x{self.times:.2f}, at most x{MOST}: {verdict}"
        )


def measure(*, turns: int, say: Say) -> Compared:
    """From the stored snapshot to the finished file, and the finished HTML to WeasyPrint's, in turns."""
    kept = as_json(document())
    html = paper.html(from_json(Document, kept))
    drawn = pdf.draw(html)
    charts = html.count("<svg")
    with pikepdf.open(io.BytesIO(drawn)) as opened:
        pages = len(opened.pages)
    found = Compared(pages, charts, len(drawn), [], [])
    for turn in range(turns):
        found.alone.append(_timed(lambda: pdf.typeset(html)))
        found.ours.append(_timed(lambda: pdf.draw(paper.html(from_json(Document, kept)))))
        say(f"Turn {turn + 1}: {found.ours[-1]:.2f} s, alone {found.alone[-1]:.2f} s\n")
    say(f"{found}\n")
    return found


def document() -> Document:
    """As full as a report gets: every action told, ten charts, every section written, a table of many agencies."""
    sections = [Section(each.key, each.title, words=WORDS) for each in outline.SECTIONS]
    blocks = {"plan": tuple(map(_pillar, Pillar)), "figures": tuple(_charts()), "consistency": (_agencies(),)}
    filled = tuple(Section(each.key, each.title, blocks.get(each.key, ()), each.words) for each in sections)
    return Document("Partnership", QUARTER, AT - timedelta(days=1), filled, 1, AT, "The chair of SEMT")


def _pillar(pillar: Pillar) -> Block:
    heads = ("Action", "Lead", "How it stands, and why", "What was done", "What the figures say")
    said = ("The council. Due 31 March 2027", f"Amber: at risk. {WORDS[:200]}", WORDS, "75% (30 of 40). Target 90%")
    rows = tuple((text, *said) for each, _, text in ACTIONS if each == pillar)
    return Block(str(pillar.label), table=Table(f"{pillar.label}: action by action", heads, rows, len(heads)))


def _charts() -> list[Block]:
    labels = tuple(each.in_brief for each in QUARTER.quarters_before(QUARTERS))
    made = []
    for place, key in enumerate(pack.measures()):
        values = tuple(float(40 + (place * 7 + n * 11) % 50) for n in range(QUARTERS))
        rows = tuple((label, f"{value:.0f}%", int(value), 100) for label, value in zip(labels, values, strict=True))
        table = Table(key, ("Quarter", "Percentage", "Number", "Of"), rows)
        made.append(Block(key, (WORDS[:200],), Graph(key, labels, values, "%"), table, is_minor=True))
    return made


def _agencies() -> Block:
    rows = tuple((f"Agency {n}", 5 * n, 7 * n, 9 * n, 21 * n) for n in range(1, 60))
    return Block(table=Table("Agencies", ("Agency", "Lower", "As suggested", "Higher", "All"), rows))


def _timed(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began
