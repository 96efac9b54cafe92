"""Django's PostgreSQL backend, which tells each transaction at its beginning who acts."""

from select import POLLIN, poll

from django.db.backends.postgresql import base

from audit import acting


class DatabaseWrapper(base.DatabaseWrapper):
    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit:
            acting.tell(self)

    def is_usable(self) -> bool:
        """Asked before each request. A server that has gone has closed the connection, and where nothing has come from
        it the connection is as it was: only where something has, the server itself is asked."""
        waiting = poll()
        waiting.register(self.connection.fileno(), POLLIN)
        return not waiting.poll(0) or bool(super().is_usable())
