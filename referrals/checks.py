"""What a site needs before it can take in a concern."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import DEFAULT_DB_ALIAS, connections

from accounts.models import Team, TeamKind


def there_is_a_mash_team(*, databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Said by `check --database default` and by `migrate`, once the table is there."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    if Team._meta.db_table not in connections[DEFAULT_DB_ALIAS].introspection.table_names():
        return []
    if Team.objects.filter(kind=TeamKind.MASH).exists():
        return []
    return [
        Warning(
            "There is no MASH team: no referral, no screening and no message from the public can be taken in.",
            hint="Add its first officer: manage.py add_person … --team-kind mash",
            id="referrals.W001",
        )
    ]
