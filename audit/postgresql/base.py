"""Django's PostgreSQL backend, which tells each transaction at its beginning who acts."""

from django.db.backends.postgresql import base

from audit import acting


class DatabaseWrapper(base.DatabaseWrapper):
    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if not autocommit:
            acting.tell(self)
