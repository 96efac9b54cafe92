"""Sessions in the database, with whose they are and when they end; read on every page, so by a prepared query.

A session of somebody signed in ends a quarter of an hour after they last did something (`SESSION_IDLE_SECONDS`) and
in any case eight hours after they signed in (`SESSION_COOKIE_AGE`): ASVS 7.3.1, 7.3.2. When it was last used is
written at most once a minute. What a page does by itself is not use (`is_use`): autosave says so in a header, a page
that keeps itself up to date in its address.
"""

import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import DateTimeField, Q, QuerySet, TextField
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Session, User
from frontend.prepared import Given, Prepared

BEGAN, NUMBER, DEVICE, ADDRESS = "began", "number", "device", "address"
WRITTEN_EVERY = timedelta(minutes=1)

_LIVE = Prepared(
    lambda: Session.objects.filter(
        Q(user=None) | Q(seen_at__gt=Given("used_since", DateTimeField())),
        session_key=Given("key", TextField()),
        expire_date__gt=Given("at", DateTimeField()),
    )
)


class SessionStore(db.SessionStore):
    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        """None too for a key that no session can have: a cookie may hold a NUL, which PostgreSQL does not take."""
        key, at = self.session_key or "", timezone.now()
        session = _LIVE.first(key=key, at=at, used_since=at - _idle()) if key.isalnum() else None
        if session is None:
            self._session_key = None
            return None
        self.seen_at = session.seen_at
        return session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """With the columns that say whose it is; the end is counted from the sign-in, never from the last save."""
        at = timezone.now()
        if SESSION_KEY in data:
            data.setdefault(BEGAN, at.timestamp())
            data.setdefault(NUMBER, secrets.randbelow(2**53))
        row = cast(Session, super().create_model_instance(data))
        if SESSION_KEY in data:
            row.user_id, row.number = int(data[SESSION_KEY]), data[NUMBER]
            row.began_at = datetime.fromtimestamp(data[BEGAN], UTC)
            row.seen_at = self.seen_at = self.seen_at or at
            row.expire_date = row.began_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
            row.device, row.address = data.get(DEVICE, ""), data.get(ADDRESS)
        return row

    def cycle_key(self) -> None:
        """With a number of its own: for a moment both stand in the table."""
        self.pop(NUMBER, None)
        super().cycle_key()

    def used(self, at: datetime) -> None:
        """Somebody does something with it."""
        if self.seen_at and at - self.seen_at >= WRITTEN_EVERY:
            Session.objects.filter(session_key=self.session_key).update(seen_at=at)
            self.seen_at = at


def describe(request: HttpRequest) -> None:
    """Note in a new session from where it is used; its hours begin. Those of others that are over are cleared away."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    request.session.pop(BEGAN, None)
    request.session[DEVICE] = request.headers.get("User-Agent", "")[:200]
    request.session[ADDRESS] = get_adapter().get_client_ip(request)


def is_use(request: HttpRequest) -> bool:
    """Whether a person asks, not a page by itself."""
    return request.headers.get("X-Requested-With") != "fetch" and "keep" not in request.GET


def seconds_left(seen_at: datetime | None, *, at: datetime) -> int:
    """Until a session ends if nobody does anything in it."""
    return int((seen_at + _idle() - at).total_seconds()) if seen_at else 0


def live(user: User, *, at: datetime) -> QuerySet[Session]:
    """Where somebody is signed in."""
    return user.sessions.filter(expire_date__gt=at, seen_at__gt=at - _idle())


def end(user: User, *, except_key: str | None = None, numbers: Collection[int] | None = None) -> int:
    """End somebody's sessions, all or some; how many. Only commands and a change of the second factor call this."""
    ending = user.sessions.exclude(session_key=except_key or "")
    return (ending if numbers is None else ending.filter(number__in=numbers)).delete()[0]


def _idle() -> timedelta:
    return timedelta(seconds=settings.SESSION_IDLE_SECONDS)
