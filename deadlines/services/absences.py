"""Who is away, and who reads their notices meanwhile."""

from datetime import datetime

from django.db.models import Q

from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission, Role
from deadlines.models import Absence


class NotYours(Refusal):
    """People record their own absence, and managers that of their team's members."""


class CannotStandIn(Refusal):
    """A delegate works in one of the person's teams: standing in gives nobody sight of a child."""


class AlreadyAway(Refusal):
    """Two absences of a person do not overlap."""


class EndsBeforeItStarts(Refusal):
    """The last moment comes after the first."""


@command(Permission.ABSENCE_RECORD, on="person", related=("team",))
def record_absence(
    *, by: User, at: datetime, person: User, starts_at: datetime, ends_at: datetime, delegate: User | None
) -> Absence:
    """Note that somebody is away: what is sent to them meanwhile goes to the delegate too, or to the manager."""
    _must_be_theirs(by, person)
    if ends_at <= max(starts_at, at):
        raise EndsBeforeItStarts("The absence must end after it starts, and in the future.")
    if delegate and not _may_stand_in(delegate, person):
        raise CannotStandIn(f"{delegate} is in none of {person}'s teams, so they could not open what they are sent.")
    if Absence.objects.filter(person=person, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise AlreadyAway(f"{person} is already away in that time. End that absence first.")
    return Absence.objects.create(
        person=person, starts_at=starts_at, ends_at=ends_at, delegate=delegate, recorded_by=by, recorded_at=at
    )


@command(Permission.ABSENCE_RECORD, on="absence", related=("person",))
def end_absence(*, by: User, at: datetime, absence: Absence) -> Absence:
    """They are back. An absence that has not begun is taken back; one that has, ends now."""
    _must_be_theirs(by, absence.person)
    if absence.starts_at >= at:
        absence.delete()
        return absence
    absence.ends_at = min(absence.ends_at, at)
    absence.save(update_fields=["ends_at"])
    return absence


def _must_be_theirs(by: User, person: User) -> None:
    manages = Role.TEAM_MANAGER in by.roles and person.team_id in by.team_ids
    if person.pk != by.pk and not manages:
        raise NotYours("You can record your own absence, and as a manager that of your team's members.")


def _may_stand_in(delegate: User, person: User) -> bool:
    same = Q(pk=delegate.pk, is_active=True, groups__in=person.team_ids) & ~Q(pk=person.pk)
    return Permission.CHILD_VIEW in delegate.permissions and User.objects.filter(same).exists()
