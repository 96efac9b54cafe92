"""Which rows figures are counted from, so that a change of one has them counted again within a second or so.

    marked(Screening, "submitted_at")

puts a trigger on the table: in the transaction of the change it writes a mark, the table's name and the earliest of
these moments, before and after the change. Nothing is counted there, and no writer waits for another. A change that
no period can show, such as of a draft, leaves no mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections
from django.db.models import Model


@dataclass(frozen=True)
class Source:
    """`moments` are of the row, in SQL with `{row}` for it; without any, each change concerns every period.

    `only` is the one column whose change matters.
    """

    table: str
    moments: tuple[str, ...] = ()
    only: str = ""

    @property
    def sql(self) -> str:
        name = f"figures_mark_{self.table}"
        rows = [moment.format(row=row) for row in ("new", "old") for moment in self.moments]
        since = f"least({', '.join(rows)})" if rows else "null"
        worth = f" where {since} is not null" if rows else ""
        fires = f"update of {self.only}" if self.only else "insert or update or delete"
        differs = f" when (old.{self.only} is distinct from new.{self.only})" if self.only else ""
        return (
            f"create or replace function {name}() returns trigger language plpgsql security definer "
            "set search_path = pg_catalog, public as $$ begin "
            f"insert into public.figures_mark (source, since) select '{self.table}', {since}{worth}; "  # nosec B608
            "return null; end $$; "
            f"create or replace trigger {name} after {fires} on {self.table} for each row{differs} "
            f"execute function {name}();"
        )


_SOURCES: dict[str, Source] = {}


def marked(model: type[Model], *moments: str, only: str = "") -> None:
    """Register what figures are counted from: columns of the table, or SQL in brackets.

    Several rooms may say the same of a table. Raises ValueError where they say different things.
    """
    columns = tuple(each if each.startswith("(") else f"{{row}}.{each}" for each in moments)
    source = Source(model._meta.db_table, columns, only)
    if _SOURCES.setdefault(source.table, source) != source:
        raise ValueError(f"{source.table} is marked otherwise already.")


def sources() -> Iterator[Source]:
    yield from _SOURCES.values()


def apply(*, using: str = "default", **_: object) -> None:
    """Put the triggers on their tables, as they are declared now; after each migration. Only the owner can."""
    with connections[using].cursor() as cursor:
        for source in sources():
            cursor.execute(source.sql)
