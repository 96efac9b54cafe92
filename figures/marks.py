"""Which rows figures are counted from, so that a change of one has them counted again within seconds.

    marked(Screening, "submitted_at")

puts a trigger on the table: in the transaction of the change it writes a mark, the table's name and the earliest of
these moments, before and after the change. Nothing is counted there, and no writer waits for another. A change that
no period can show, such as of a draft, leaves no mark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connections
from django.db.models import Model


@dataclass(frozen=True)
class Source:
    """`moments` are of the row, in SQL with `{row}` for it; without any, each change concerns every period.

    `only` are the columns whose change matters, where it is not all of them; a new row is no change then, unless it has
    moments.
    """

    table: str
    moments: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Of the trigger and of its function."""
        return f"figures_mark_{self.table}"

    @property
    def sql(self) -> str:
        rows = [moment.format(row=row) for row in ("new", "old") for moment in self.moments]
        since = f"least({', '.join(rows)})" if rows else "null"
        worth = f" where {since} is not null" if rows else ""
        changes = f"update of {', '.join(self.only)}" if self.only else "update"
        fires = f"insert or delete or {changes}" if self.moments or not self.only else changes
        same = " and ".join(f"new.{each} is not distinct from old.{each}" for each in self.only)
        skips = f"if tg_op = 'UPDATE' and {same} then return null; end if; " if self.only else ""
        return (
            f"create or replace function {self.name}() returns trigger language plpgsql security definer "
            "set search_path = pg_catalog, public as $$ begin "
            f"{skips}"
            f"insert into public.figures_mark (source, since) select '{self.table}', {since}{worth}; "  # nosec B608
            "return null; end $$; "
            f"create or replace trigger {self.name} after {fires} on {self.table} for each row "
            f"execute function {self.name}();"
        )


_SOURCES: dict[str, Source] = {}


def marked(model: type[Model], *moments: str, only: Sequence[str] = ()) -> None:
    """Register what figures are counted from: columns of the table, or SQL in brackets.

    Several rooms may say the same of a table. Raises ValueError where they say different things.
    """
    columns = tuple(each if each.startswith("(") else f"{{row}}.{each}" for each in moments)
    source = Source(model._meta.db_table, columns, tuple(only))
    if _SOURCES.setdefault(source.table, source) != source:
        raise ValueError(f"{source.table} is marked otherwise already.")


def sources() -> Iterator[Source]:
    yield from _SOURCES.values()


def switch(what: str) -> None:
    """`disable` or `enable` the triggers, to measure what they cost. Only the owner can."""
    with connections["default"].cursor() as cursor:
        for source in sources():
            cursor.execute(f"alter table {source.table} {what} trigger {source.name}")


def apply(*, using: str = "default", **_: object) -> None:
    """Put the triggers on their tables, as they are declared now; after each migration. Only the owner can."""
    with connections[using].cursor() as cursor:
        for source in sources():
            cursor.execute(source.sql)
