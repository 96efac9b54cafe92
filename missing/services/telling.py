"""Who hears at once that a child is missing, besides those who come to know the child by it."""

from datetime import datetime

from django.urls import reverse

import deadlines.services
import people.selectors
from accounts.models import User
from accounts.roles import Permission, Role
from accounts.selectors import holders_of, members_with
from missing import steps
from missing.models import Episode


def tell_of_report(episode: Episode, *, by: User, at: datetime) -> None:
    """The key worker, or where the case has none or there is no case, the team that would owe the interview; and the
    CSE co-ordinators. Whoever reported it knows."""
    case = people.selectors.case_of(episode.child)
    worker = case.key_worker if case else None
    team, _ = steps.interview_owed_by(episode.child)
    concerned = [worker] if worker and worker.is_active else holders_of(Permission.MISSING_RECORD, team=team)
    deadlines.services.notify(
        {*concerned, *members_with(Role.CSE_COORDINATOR)} - {by},
        key=f"missing:{episode.pk}",
        text=f"{episode.reference}: a child you work with was reported {episode.get_episode_type_display().lower()}",
        path=reverse("missing:episode", args=[episode.pk]),
        at=at,
        urgent=True,
    )
