"""Sessions in the database, as Django keeps them; read on every page, so by a prepared query."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import DateTimeField, TextField
from django.utils import timezone

from frontend.prepared import Given, Prepared

_LIVE = Prepared(
    lambda: Session.objects.filter(session_key=Given("key", TextField()), expire_date__gt=Given("at", DateTimeField()))
)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        """None too for a key that no session can have: a cookie may hold a NUL, which PostgreSQL does not take."""
        key = self.session_key or ""
        session = _LIVE.first(key=key, at=timezone.now()) if key.isalnum() else None
        if session is None:
            self._session_key = None
        return session
