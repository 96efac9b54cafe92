"""Sharing with partners, deciding not to, and that a partner has read it (domain.md 14, 36)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

import deadlines.services
from accounts.gate import command, refuse
from accounts.models import GrantKind, Team, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from accounts.selectors import holders_of
from accounts.services import let_teams_know
from deadlines.rules import Kind
from frontend.text import moment_in_words
from missing import steps
from missing.models import Episode, Share
from missing.rules import Consent, InterviewStatus, LawfulBasis, Shared

LONGEST_REASON = 300
_SIGHT = "full sight of the record"


class NotAPartner(Refusal):
    """Nobody shares with their own team."""


class NothingToShare(Refusal):
    """There is no completed interview."""


class NoConsent(Refusal):
    """Consent is a lawful basis only where it was given."""


class AlreadyShared(Refusal):
    """The team has it, and has not said yet that they read it."""


class AlreadyAcknowledged(Refusal):
    """A colleague was first."""


def _shares(episode: Episode) -> dict[str, Any]:
    """The episode's shares, for the log: they have rows of their own. Each gave the team more to see than it names."""
    columns = ("team_id", "what", "purpose", "lawful_basis", "consent", "consent_note", "decided_not_to")
    rows = Share.objects.filter(episode=episode).order_by("pk").values("pk", *columns)
    return {f"share_{row.pop('pk')}": row | {"sight": _SIGHT if row["what"] else "none"} for row in rows}


@command(Permission.MISSING_RECORD, on="episode", related=("child", "interview"), parts=_shares)
def share_with(
    *,
    by: User,
    at: datetime,
    episode: Episode,
    teams: Collection[Team],
    what: Shared,
    purpose: str,
    lawful_basis: LawfulBasis,
    consent: Consent,
    consent_note: str = "",
) -> Episode:
    """Share with partner teams: each comes to see the child for good, is told at once and acknowledges within a day.

    Sight that comes from a share does not run out: what was read once cannot be taken back, and the team may be asked
    about it years later. Raises NotAPartner, NothingToShare, NoConsent, AlreadyShared.
    """
    steps.must_stand(episode)
    _must_be_partners(teams, by)
    _must_be_there(episode, what)
    if lawful_basis == LawfulBasis.CONSENT and consent != Consent.GIVEN:
        raise NoConsent("Consent is the lawful basis only where it was given. Select another lawful basis.")
    _must_be_new(episode, teams, what)
    reason = f"{episode.reference}, {_SIGHT}: {purpose} ({lawful_basis.label})"[:LONGEST_REASON]
    let_teams_know(episode.child, [team.pk for team in teams], kind=GrantKind.SHARE, reason=reason, by=by, at=at)
    said = {"what": what, "purpose": purpose, "lawful_basis": lawful_basis, "consent": consent}
    for team in teams:
        share = Share.objects.create(
            episode=episode, team=team, consent_note=consent_note, shared_at=at, shared_by=by, **said
        )
        _ask_to_acknowledge(share, at=at)
    return episode


@command(Permission.MISSING_RECORD, on="episode", related=("child",), parts=_shares)
def decide_not_to_share(
    *,
    by: User,
    at: datetime,
    episode: Episode,
    teams: Collection[Team],
    reason: str,
    consent: Consent,
    consent_note: str = "",
) -> Episode:
    """Record that nothing is shared with these teams, and why; they see and hear nothing. Raises NotAPartner."""
    steps.must_stand(episode)
    _must_be_partners(teams, by)
    Share.objects.bulk_create(
        Share(
            episode=episode,
            team=team,
            consent=consent,
            consent_note=consent_note,
            decided_not_to=reason,
            shared_at=at,
            shared_by=by,
        )
        for team in teams
    )
    return episode


@command(Permission.MISSING_VIEW, on="share", related=("episode", "shared_by", "acknowledged_by"))
def acknowledge(*, by: User, at: datetime, share: Share) -> Share:
    """A member of the team that it was shared with has read it; whoever shared it is told.

    Raises PermissionDenied for everybody else, and AlreadyAcknowledged.
    """
    if share.decided_not_to or share.team_id not in by.team_ids:
        refuse("missing.acknowledge", by=by, at=at, subject=share)
    if share.acknowledged_at:
        raise AlreadyAcknowledged(
            f"{share.acknowledged_by} acknowledged this already, on {moment_in_words(share.acknowledged_at)}."
        )
    share.acknowledged_at, share.acknowledged_by = at, by
    share.save(update_fields=["acknowledged_at", "acknowledged_by"])
    deadlines.services.meet(Kind.SHARE_ACKNOWLEDGEMENT, subject=share, at=at)
    _tell_who_shared(share, at=at)
    return share


def void_acknowledgements(episode: Episode, *, at: datetime, reason: str) -> None:
    """The episode was recorded in error: nobody need acknowledge any more what they were sent about it.

    What they were sent of an interview that is for another time too they acknowledge as long as such a time is left.
    """
    about = Q(episode=episode)
    if episode.interview_id:
        stands = Episode.objects.filter(interview=episode.interview_id, voided_at=None).exists()
        about = about & Q(what=Shared.SAFETY) if stands else about | Q(episode__interview=episode.interview_id)
    for share in Share.objects.filter(about, acknowledged_at=None, decided_not_to=""):
        deadlines.services.void(Kind.SHARE_ACKNOWLEDGEMENT, subject=share, at=at, reason=reason)


def _must_be_partners(teams: Iterable[Team], by: User) -> None:
    own = [team for team in teams if team.pk in by.team_ids]
    if own:
        raise NotAPartner(f"{own[0]} is your own team. Select the partners you share with.")


def _must_be_there(episode: Episode, what: Shared) -> None:
    interview = episode.interview
    if what != Shared.SAFETY and (interview is None or interview.status != InterviewStatus.COMPLETED):
        raise NothingToShare(
            "There is no completed return interview yet. Share what is needed to keep the child safe now, and the "
            "interview once it is completed."
        )


def _must_be_new(episode: Episode, teams: Collection[Team], what: Shared) -> None:
    waiting = Share.objects.filter(episode=episode, team__in=teams, what=what, decided_not_to="", acknowledged_at=None)
    earlier = waiting.select_related("team__agency", "shared_by").first()
    if earlier:
        raise AlreadyShared(
            f"{earlier.shared_by} shared this with {earlier.team} on {moment_in_words(earlier.shared_at)}, and they "
            "have not acknowledged it yet. They are reminded."
        )


def _ask_to_acknowledge(share: Share, *, at: datetime) -> None:
    deadline = deadlines.services.start(
        Kind.SHARE_ACKNOWLEDGEMENT, subject=share, child=share.episode.child, started_at=at, owner_team=share.team
    )
    deadlines.services.notify(
        holders_of(Permission.MISSING_VIEW, team=share.team),
        key=f"shared:{share.pk}",
        text=f"{share.shared_by} shared {share.episode.reference} with your team. Read it and acknowledge it",
        path=deadline.page,
        at=at,
        deadline=deadline,
        urgent=True,
        unopened=deadline.clock.unopened,
    )


def _tell_who_shared(share: Share, *, at: datetime) -> None:
    if not share.shared_by.is_active:
        return
    deadlines.services.notify(
        [share.shared_by],
        key=f"share-acknowledged:{share.pk}",
        text=f"{share.acknowledged_by} has acknowledged what you shared on {share.episode.reference}",
        path=reverse("missing:share", args=[share.pk]),
        at=at,
    )
