"""The data pack: which figures stand on the dashboard, in which order, and why each matters (domain.md 27)."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """`measures` are (key, why it matters). A section without any is not yet collected: its room does not exist."""

    title: str
    measures: tuple[tuple[str, str], ...] = ()
    breakdowns: tuple[str, ...] = ()


SECTIONS = (
    Section(
        "Missing children",
        (
            ("missing.in_time", "A child who is asked late tells less, and may be missing again by then."),
            ("missing.interviews_late", "Each of them is a child to whom nobody has spoken."),
            ("missing.offered", "A child who was not offered an interview could not take it up."),
            (
                "missing.repeat",
                "Going missing again and again is the strongest sign that somebody draws the child away.",
            ),
        ),
    ),
    Section(
        "Screenings",
        (
            ("riskassessment.submitted", "Fewer screenings seldom mean fewer children at risk."),
            ("riskassessment.agencies", "Children are known to many agencies; a silent one is a gap."),
            ("riskassessment.at_risk", "How grave what is found is."),
        ),
        ("riskassessment.by_agency", "riskassessment.judgement"),
    ),
    Section("Children", breakdowns=("riskassessment.children", "riskassessment.movement")),
    Section(
        "Referrals",
        (
            ("referrals.received", "What MASH has to deal with."),
            ("referrals.decided_in_time", "Until MASH decides, nobody acts for the child."),
        ),
        ("referrals.by_outcome",),
    ),
    Section("Training", (("training.coverage", "Who has not learnt the signs does not see them."),)),
    Section("Children placed outside their own authority", breakdowns=("missing.by_placement",)),
    Section("Referrals to the National Referral Mechanism"),
    Section("Disruption, investigations and charges"),
)


def measures() -> Iterator[str]:
    return (key for section in SECTIONS for key, _ in section.measures)


def breakdowns() -> Iterator[str]:
    return (key for section in SECTIONS for key in section.breakdowns)
