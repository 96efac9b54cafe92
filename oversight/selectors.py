"""Who did and saw what, for those who watch over it: by child, by person, by kind and day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, TextChoices
from django.db.models.functions import TruncDate

from accounts.gate import COMMANDS
from accounts.models import User
from audit.models import Event, Seal, SealedRows
from frontend.text import LONDON
from oversight import rules
from oversight.models import UnusualVolume, Verification
from oversight.rules import FOUND, Verdict
from people.models import Child

KEY = ("event_at", "id")
MOST_FOUND = 20
OPENED = Q(verb__endswith=".view") | Q(verb__endswith=".print")
_REFUSED = Q(verb__endswith=".refused")
_TAKING = reduce(or_, (Q(verb__endswith=end) for end in (".print", ".download", ".pdf", ".xlsx", "_csv")))
_TAKEN_AWAY = (_TAKING | Q(verb__contains="export")) & ~_REFUSED


class Kind(TextChoices):
    LOOK = "look", "Looks at a record"
    CHANGE = "change", "Changes"
    SEARCH = "search", "Searches and lists"
    TAKEN = "taken", "Exports and prints"
    REFUSED = "refused", "Refusals"


def _of_kind(kind: str) -> Q:
    """Each event is of one kind; what is neither of the others is a search or a list."""
    look = Q(verb__endswith=".view")
    change = Q(verb__in=list(COMMANDS))
    match kind:
        case Kind.LOOK:
            return look
        case Kind.CHANGE:
            return change
        case Kind.TAKEN:
            return _TAKEN_AWAY
        case Kind.REFUSED:
            return _REFUSED
        case _:
            return ~(look | change | _TAKEN_AWAY | _REFUSED)


@dataclass(frozen=True)
class Filters:
    """What of the log is asked for; days are London's, the last included."""

    kind: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def condition(self) -> Q:
        asked = _of_kind(self.kind) if self.kind else Q()
        if self.first:
            asked &= Q(at__gte=_midnight(self.first))
        if self.last:
            asked &= Q(at__lt=_midnight(self.last + timedelta(days=1)))
        return asked


def about_child(child: int, filters: Filters) -> QuerySet[Event]:
    """Whatever concerned this child: also lists, files and searches in which she was shown, and who asked in vain."""
    in_vain = Q(child_id=None, subject_type=Child._meta.label_lower, subject_id=child)
    return _events(Q(child_id=child) | Q(shown_child_ids__contains=[child]) | in_vain, filters)


def by_person(person: int, filters: Filters) -> QuerySet[Event]:
    return _events(Q(actor_id=person), filters)


def _events(whose: Q, filters: Filters) -> QuerySet[Event]:
    return Event.objects.filter(whose, filters.condition).annotate(event_at=F("at"))


def people_of(events: Iterable[Event]) -> dict[int, User]:
    """Who acted, with team and agency, by number."""
    acted = {event.actor_id for event in events}
    return {user.pk: user for user in User.objects.filter(pk__in=acted).select_related("team__agency")}


def people_called(words: str) -> list[User]:
    """By the whole e-mail address, or a part of the name."""
    called = User.objects.filter(Q(email__iexact=words) | Q(full_name__icontains=words))
    people = called.exclude(email__endswith=".invalid").select_related("team__agency")
    return list(people.order_by("full_name", "pk")[:MOST_FOUND])


def alerts() -> QuerySet[UnusualVolume]:
    """What nobody has looked into first, then the newest."""
    rows = UnusualVolume.objects.select_related("person__team__agency", "looked_into_by")
    return rows.order_by(F("looked_into_at").asc(nulls_first=True), "-noticed_at")


def unusual(limits: rules.Limits, *, at: datetime) -> list[tuple[int, rules.Volume]]:
    """Who has opened unusually many records within a day until `at`, and is not yet known for that day."""
    known = UnusualVolume.objects.filter(day=at.astimezone(LONDON).date()).values("person")
    busy = (
        _opened(at - timedelta(days=1), at)
        .exclude(actor_id__in=known)
        .values("actor_id")
        .annotate(
            in_day=Count("child_id", distinct=True),
            in_hour=Count("child_id", distinct=True, filter=Q(at__gt=at - timedelta(hours=1))),
        )
        .filter(in_day__gt=min(limits.least, limits.most_in_hour, limits.most_in_day))
    )
    volumes = [(row["actor_id"], _volume(row, at)) for row in busy.order_by("actor_id")]
    return [(person, volume) for person, volume in volumes if rules.is_unusual(volume, limits)]


def _volume(row: Mapping[str, Any], at: datetime) -> rules.Volume:
    today = at - timedelta(days=1)
    before = _opened(at - rules.USUAL_OVER, today).filter(actor_id=row["actor_id"])
    by_day = before.values(day=TruncDate("at", tzinfo=LONDON)).annotate(opened=Count("child_id", distinct=True))
    return rules.Volume(row["in_hour"], row["in_day"], rules.usual([each["opened"] for each in by_day]))


def _opened(after: datetime, until: datetime) -> QuerySet[Event]:
    return Event.objects.filter(OPENED, at__gt=after, at__lte=until).exclude(child_id=None)


def verifications() -> QuerySet[Verification]:
    """The newest first."""
    rows = Verification.objects.select_related("asked_by", "cancelled_by")
    return rows.order_by("-asked_at", "-pk")


def last_found() -> Verification | None:
    """The last one that came to its end."""
    return verifications().filter(state__in=FOUND).first()


def is_due(at: datetime) -> bool:
    """Whether nobody has asked for a verification since last night, and none is under way."""
    since = Q(asked_at__gte=rules.last_night(at)) | Q(ended_at=None)
    return not Verification.objects.filter(since).exists()


def to_verify(at: datetime) -> QuerySet[Verification]:
    """The one that waits, or that a worker was at which is lost."""
    waits, lost = Q(state=Verdict.WAITING), Q(state=Verdict.RUNNING, heard_at__lt=at - rules.GIVEN_UP_AFTER)
    return Verification.objects.filter(waits | lost)


def last_seal() -> Seal | None:
    return Seal.objects.order_by("-pk").first()


def seals_made_at(numbers: Iterable[int]) -> dict[int, datetime]:
    return dict(Seal.objects.filter(pk__in=set(numbers)).values_list("pk", "at"))


def unsealed_events() -> int:
    """What was recorded since the last seal."""
    sealed = SealedRows.objects.filter(table=Event._meta.db_table).aggregate(last=Max("last_id"))["last"] or 0
    return Event.objects.filter(pk__gt=sealed).count()


def events(numbers: Iterable[int]) -> dict[int, Event]:
    return Event.objects.in_bulk(list(numbers))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LONDON)
