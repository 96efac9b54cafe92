"""Everything that happened to a referral, in one order, for the timeline of MASH's page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from deadlines.rules import end_of_day
from referrals.models import NrmReferral, Referral


@dataclass(frozen=True)
class Event:
    """Something that happened `at` a moment, or `on` a day where only the day is known; `href` leads to its page."""

    title: str
    by: str = ""
    text: str = ""
    at: datetime | None = None
    on: date | None = None
    href: str = ""

    @property
    def order(self) -> datetime:
        """A day counts as its end."""
        return self.at or end_of_day(self.on or date.min)


def told(referral: Referral) -> list[Event]:
    """The events of a referral from `selectors.complete`, the newest first."""
    events = [
        *_arrival(referral),
        *_triage(referral),
        *_checks(referral),
        *_discussion(referral),
        *_decisions(referral),
        *_nrm(getattr(referral, "nrm", None)),
    ]
    return sorted(events, key=lambda event: event.order)[::-1]


def _arrival(referral: Referral) -> Iterator[Event]:
    yield Event(
        f"Received {referral.get_route_display().lower()}",
        by=referral.from_whom,
        text="Immediate danger was stated." if referral.immediate_danger else "",
        at=referral.received_at,
    )
    if referral.acknowledged_at:
        yield Event("Referrer told that it arrived", by=str(referral.acknowledged_by), at=referral.acknowledged_at)
    if referral.feedback_at:
        yield Event("Referrer told what became of it", text=referral.feedback, at=referral.feedback_at)


def _triage(referral: Referral) -> Iterator[Event]:
    passed_on = sorted(referral.hand_overs.all(), key=lambda each: each.at)
    if referral.accepted_at:
        first = passed_on[0].from_officer if passed_on else referral.accepted_by
        yield Event("Accepted", by=str(first), at=referral.accepted_at)
    for each in passed_on:
        yield Event(f"Handed over to {each.to_officer}", by=str(each.by), at=each.at)
    for change in referral.grade_changes.all():
        yield Event(f"Graded {change.get_grade_display()}", by=str(change.by), text=change.reason, at=change.at)


def _checks(referral: Referral) -> Iterator[Event]:
    for check in referral.checks.all():
        yield Event(f"Asked {check.agency}", by=str(check.asked_by), at=check.asked_at)
        if check.answered_at:
            yield Event(f"{check.agency} answered", by=check.answered_by, text=check.finding, at=check.answered_at)


def _discussion(referral: Referral) -> Iterator[Event]:
    discussion = getattr(referral, "strategy_discussion", None)
    if discussion:
        names = ", ".join(sorted(str(agency) for agency in discussion.agencies.all()))
        yield Event(
            "Strategy discussion held",
            by=str(discussion.recorded_by),
            text=f"{discussion.summary}\n\nTook part: {names}",
            at=discussion.held_at,
        )


def _decisions(referral: Referral) -> Iterator[Event]:
    for decision in referral.decisions.all():
        title = f"Decided: {decision.get_outcome_display()}"
        yield Event(title, by=str(decision.by), text=decision.reason, at=decision.at)
    for done in referral.follow_ups.all():
        yield Event(done.get_kind_display(), by=str(done.recorded_by), text=done.outcome, on=done.held_on)


def _nrm(nrm: NrmReferral | None) -> Iterator[Event]:
    if nrm is None:
        return
    yield Event("Referred to the National Referral Mechanism", by=str(nrm.first_responder), on=nrm.sent_on)
    for name in ("reasonable_grounds", "conclusive_grounds"):
        if day := getattr(nrm, f"{name}_on"):
            words = name.replace("_", " ")
            decision = getattr(nrm, f"get_{name}_display")()
            yield Event(f"Decision on {words}: {decision.lower()}", by="the Home Office", on=day)
