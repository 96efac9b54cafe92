"""The one order in which episodes and their interview are locked: an episode, then the interview, then nothing waits.

A command on an episode, which the gate has locked, waits for the interview. A command on an interview holds that
already, so it waits for no episode, and neither does who holds one episode for another: where somebody else holds it,
Busy is raised. So nobody ever waits in a circle, and what is read of the other record is as it stands.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from accounts.refusals import Refusal
from missing.models import Episode, Interview


class Busy(Refusal):
    """Somebody else is changing it in this very moment."""


def interviews_of(episodes: Collection[Episode]) -> None:
    """Lock the interviews of these episodes, which are locked, and read them again."""
    pks = {episode.interview_id for episode in episodes if episode.interview_id}
    rows = Interview.objects.filter(pk__in=pks).order_by("pk").select_for_update() if pks else []
    found = {interview.pk: interview for interview in rows}
    for episode in episodes:
        if episode.interview_id:
            episode.interview = found[episode.interview_id]


def episodes_of(interview: Interview) -> list[Episode]:
    """Lock the episodes of an interview, which is locked. Raises Busy."""
    return without_waiting(Episode.objects.filter(interview=interview))


def without_waiting(rows: QuerySet[Episode]) -> list[Episode]:
    """Lock these episodes. Raises Busy."""
    found = list(rows.order_by("pk").select_for_update(of=("self",), skip_locked=True))
    busy = rows.exclude(pk__in=[episode.pk for episode in found]).first()
    if busy:
        raise Busy(f"Somebody else is changing {busy.reference} right now. Send this again in a moment.")
    return found
