"""Unusual volume: noticed, told to information governance and the manager, looked into."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

import deadlines.services
from accounts.gate import command
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission, Role
from accounts.selectors import holders_of, members_with
from frontend.text import local_day
from oversight import rules, selectors
from oversight.models import UnusualVolume


class NotByThemselves(Refusal):
    """Nobody looks into what they themselves did."""


class AlreadyLookedInto(Refusal):
    """What was found stays as it was written."""


def watch(*, by: User, at: datetime) -> int:
    """Raise an alert for each person who has opened unusually many records; how many there were."""
    found = selectors.unusual(rules.Limits(**settings.UNUSUAL_VOLUME), at=at)
    for person, volume in found:
        raise_alert(by=by, at=at, person=User.objects.select_related("team").get(pk=person), volume=volume)
    return len(found)


@command(Permission.AUDIT_WATCH)
def raise_alert(*, by: User, at: datetime, person: User, volume: rules.Volume) -> UnusualVolume:
    """Tell information governance and the person's manager, once per person and day; no child is named."""
    alert, new = UnusualVolume.objects.get_or_create(
        person=person,
        day=local_day(at),
        defaults={"in_hour": volume.in_hour, "in_day": volume.in_day, "usual": volume.usual, "noticed_at": at},
    )
    if new:
        key = f"unusual-volume:{alert.pk}"
        text = f"{person.full_name} opened the records of {volume.in_day} children within a day, more than usual."
        officers = holders_of(Permission.AUDIT_READ)
        path = reverse("oversight:alert", args=[alert.pk])
        deadlines.services.notify(officers, key=key, text=text, path=path, at=at, urgent=True)
        if person.team:
            managers = members_with(Role.TEAM_MANAGER, team=person.team).exclude(pk=person.pk)
            managers = managers.exclude(pk__in=officers.values("pk"))
            deadlines.services.notify(managers, key=key, text=text, path="", at=at, urgent=True)
    return alert


@command(Permission.AUDIT_READ)
def look_into(*, by: User, at: datetime, alert: UnusualVolume, found: str) -> UnusualVolume:
    """Record what was found when somebody asked why. Raises AlreadyLookedInto, NotByThemselves."""
    locked = UnusualVolume.objects.select_for_update().get(pk=alert.pk)
    if locked.looked_into_at:
        raise AlreadyLookedInto("Somebody else has looked into this. What they found is on the page.")
    if locked.person_id == by.pk:
        raise NotByThemselves("This is about what you did yourself. Somebody else must look into it.")
    locked.found, locked.looked_into_by, locked.looked_into_at = found, by, at
    locked.save(update_fields=["found", "looked_into_by", "looked_into_at"])
    return locked
