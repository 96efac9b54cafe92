"""The sections of a quarterly report, in the order in which they are read (strategy §8, domain.md 26).

A room that has something for the board writes one function (`reports.feeds.Feed`) and is named here as its section's
feed. A section without a feed reads "Not yet collected" beside what the chair writes.
"""

from dataclasses import dataclass

from reports import committees, feeds
from reports.feeds import Asked, Feed
from reports.printed import Section

SUMMARY = "summary"


@dataclass(frozen=True)
class Outline:
    """`asks` is what the chair is asked for under the section's title."""

    key: str
    title: str
    asks: str
    feed: Feed | None = None


SECTIONS = (
    Outline(SUMMARY, "Summary", "What the board should know first.", feeds.at_a_glance),
    Outline("plan", "Progress against the delivery plan", "What moved, and what did not.", feeds.progress),
    Outline("barriers", "Barriers to delivering the strategy", "What the partnership cannot lift.", feeds.barriers),
    Outline("themes", "Themes from CMOG", "What CMOG saw across its cases.", committees.themes),
    Outline("attendance", "Attendance", "Who was not there, and why.", committees.attendance),
    Outline(
        "escalations",
        "Escalations, and what is asked of the board",
        "What the board is asked to decide.",
        committees.escalations,
    ),
    Outline("consistency", "Consistency between agencies", "Where judgements differ, and why.", feeds.consistency),
    Outline("figures", "Data pack", "What the figures do not say by themselves.", feeds.data_pack),
    Outline("benchmarks", "Benchmarks", "What the comparison shows, and what it does not.", feeds.benchmarks),
)


def filled(asked: Asked) -> tuple[Section, ...]:
    """Every section with what the records say, still without the chair's words."""
    return tuple(_filled(each, asked) for each in SECTIONS)


def _filled(outline: Outline, asked: Asked) -> Section:
    blocks = outline.feed(asked) if outline.feed else None
    return Section(outline.key, outline.title, tuple(blocks or ()), is_collected=blocks is not None)
