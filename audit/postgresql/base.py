"""Django's PostgreSQL backend, which tells each transaction at its beginning who acts."""

from select import POLLIN, poll

from django.db.backends.postgresql import base
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from audit import acting


class DatabaseWrapper(base.DatabaseWrapper):
    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit:
            acting.tell(self)

    def is_usable(self) -> bool:
        """Asked before each request. A server that has gone has closed the connection: where nothing has come from it,
        nothing has failed and no transaction is open, the connection is as it was; otherwise the server is asked."""
        heard = poll()
        heard.register(self.connection.fileno(), POLLIN)
        idle = self.connection.get_transaction_status() == TRANSACTION_STATUS_IDLE
        return (idle and not self.errors_occurred and not heard.poll(0)) or bool(super().is_usable())
