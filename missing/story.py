"""Everything that happened in a missing episode, in one order, for its timeline."""

from collections.abc import Iterator

from frontend.addresses import url
from frontend.text import date_in_words, moment_in_words
from missing.models import Episode, Interview, Share
from missing.rules import MOMENT_WORDS
from referrals.story import Event


def told(episode: Episode) -> list[Event]:
    """The events of an episode from `selectors.complete`, the newest first."""
    events = [
        *_missing(episode),
        *_grades(episode),
        *_back(episode),
        *_checks(episode),
        *_interviews(episode),
        *_corrections(episode),
        *_authorities(episode),
        *_meetings(episode),
        *_shares(episode),
        *_end(episode),
    ]
    return sorted(events, key=lambda event: event.order)[::-1]


def _missing(episode: Episode) -> Iterator[Event]:
    yield Event("Last seen", text=episode.last_seen_where, at=episode.last_seen_at)
    reporter = episode.get_reported_by_display()
    reference = f"Police reference: {episode.police_reference}" if episode.police_reference else ""
    recorded = f"Recorded by {episode.recorded_by}, {episode.team}"
    yield Event(
        "Reported missing" if episode.episode_type == "M" else "Reported away without authorisation",
        by=f"{episode.reporter_name}, {reporter.lower()}" if episode.reporter_name else reporter,
        text="\n\n".join(filter(None, (reference, recorded))),
        at=episode.reported_at,
    )


def _grades(episode: Episode) -> Iterator[Event]:
    for change in episode.grade_changes.all():
        yield Event(f"Risk graded: {change.get_grade_display()}", by=str(change.by), text=change.reason, at=change.at)


def _back(episode: Episode) -> Iterator[Event]:
    if episode.located_at:
        found_by = f"Found by {episode.located_by}" if episode.located_by else ""
        yield Event(
            "Found",
            by=str(episode.location_recorded_by or ""),
            text="\n\n".join(filter(None, (episode.located_where, found_by))),
            at=episode.located_at,
        )
    if episode.returned_at:
        yield Event(
            f"Returned: {episode.get_returned_to_display().lower()}",
            by=str(episode.return_recorded_by or ""),
            text=episode.return_notes,
            at=episode.returned_at,
        )


def _checks(episode: Episode) -> Iterator[Event]:
    for check in episode.prevention_checks.all():
        alone = "Seen alone." if check.seen_alone else "Not seen alone."
        yield Event(
            "Prevention check", by=check.conducted_by, text=f"{alone}\n\n{check.found}".strip(), at=check.conducted_at
        )


def _interviews(episode: Episode) -> Iterator[Event]:
    """The one that counts, and those before it that were declined, not offered or recorded in error."""
    for former in episode.former_interviews.all():
        yield from _interview(former)
    if episode.interview:
        yield from _interview(episode.interview)
        yield from _actions(episode.interview)


def _interview(interview: Interview) -> Iterator[Event]:
    if interview.not_offered_reason:
        yield Event(
            "Return interview not offered",
            by=str(interview.recorded_by),
            text=interview.not_offered_reason,
            at=interview.recorded_at,
        )
    if interview.offered_at:
        offered_by = interview.offered_by or interview.recorded_by
        to = f"To {interview.offered_to}" if interview.offered_to else ""
        yield Event("Return interview offered", by=str(offered_by), text=to, at=interview.offered_at)
    if interview.declined_by and interview.responded_at:
        carer = f"The carer’s account: {interview.carer_account}" if interview.carer_account else ""
        yield Event(
            "Return interview declined",
            by=interview.get_declined_by_display().lower(),
            text="\n\n".join(filter(None, (interview.declined_why, carer))),
            at=interview.responded_at,
        )
    elif interview.responded_at:
        yield Event("Return interview accepted", at=interview.responded_at)
    if interview.completed_at and interview.conducted_at:
        completed = f"Written down and completed by {interview.completed_by}, {moment_in_words(interview.completed_at)}"
        yield Event("Return interview held", by=interview.interviewer_name, text=completed, at=interview.conducted_at)
    if interview.voided_at:
        yield Event(
            f"Return interview {interview.reference} recorded in error",
            by=str(interview.voided_by),
            text=interview.void_reason,
            at=interview.voided_at,
        )


def _actions(interview: Interview) -> Iterator[Event]:
    for action in interview.actions.all():
        whose = str(action.owner or action.owner_team)
        until = f"{action.what}\n\n{whose}, by {date_in_words(action.due_on)}"
        yield Event("Action from the interview", by=str(action.added_by), text=until, at=action.added_at)
        if action.done_at:
            yield Event("Action finished", by=str(action.done_by), text=action.outcome, at=action.done_at)


def _corrections(episode: Episode) -> Iterator[Event]:
    for each in episode.corrections.all():
        change = f"From {moment_in_words(each.was_at)} to {moment_in_words(each.became_at)}."
        yield Event(
            f"Corrected: {MOMENT_WORDS[each.moment]}", by=str(each.by), text=f"{change}\n\n{each.reason}", at=each.at
        )


def _authorities(episode: Episode) -> Iterator[Event]:
    for told in episode.authorities_told.all():
        yield Event(
            f"{told.get_authority_display()} told ({told.get_capacity_display().lower()})",
            by=str(told.recorded_by),
            text=f"{told.whom}, {told.how}",
            at=told.told_at,
        )


def _meetings(episode: Episode) -> Iterator[Event]:
    for meeting in episode.strategy_meetings.all():
        names = ", ".join(meeting.took_part)  # type: ignore[attr-defined]
        text = f"{meeting.outcome}\n\nTook part: {names}"
        yield Event("Strategy meeting held", by=str(meeting.recorded_by), text=text, at=meeting.held_at)


def _shares(episode: Episode) -> Iterator[Event]:
    for share in episode.all_shares:
        title = f"Not shared with {share.team}" if share.decided_not_to else f"Shared with {share.team}"
        if share.episode_id != episode.pk:
            title += f", from {share.episode.reference}"
        href = url("missing:share", share.pk)
        yield Event(title, by=str(share.shared_by), text=_shared(share), at=share.shared_at, href=href)
        if share.acknowledged_at:
            yield Event(
                f"{share.team} acknowledged what was shared", by=str(share.acknowledged_by), at=share.acknowledged_at
            )


def _shared(share: Share) -> str:
    if share.decided_not_to:
        return share.decided_not_to
    waits = "" if share.acknowledged_at else "Not acknowledged yet."
    told = (share.get_what_display() + ".", share.purpose, share.get_lawful_basis_display() + ".", waits)
    return "\n\n".join(filter(None, told))


def _end(episode: Episode) -> Iterator[Event]:
    if episode.reviewed_at:
        yield Event("Reviewed", by=str(episode.reviewed_by), at=episode.reviewed_at)
    if episode.voided_at:
        yield Event("Recorded in error", by=str(episode.voided_by), text=episode.void_reason, at=episode.voided_at)
