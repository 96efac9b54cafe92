"""Whether the log is still what was written: guards, chain, rows and payloads, in that order (ASVS 16.4.2)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from audit import history, seals
from audit.hashing import digest
from audit.models import Event, Payload, Seal, SealedRows

HASH = 32
"""Bytes of a SHA-256."""
PIECE = 500
"""Rows read at once: no snapshot of the database is held for as long as a verification takes."""
TRIGGERS_OF_A_HISTORY = 3
_TRIGGERS = """
select relname::text, tgname::text, tgenabled <> 'D', proname::text
from pg_trigger join pg_class on pg_class.oid = tgrelid join pg_proc on pg_proc.oid = tgfoid
where not tgisinternal
"""


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written; `seal` is the number of the one that it broke, where it is one."""

    table: str
    key: int | None
    what: str
    seal: int | None = None

    def __str__(self) -> str:
        return f"{self.table}{f' {self.key}' if self.key is not None else ''}: {self.what}"


@dataclass(frozen=True)
class _Guarded:
    key: str
    columns: frozenset[str]


Tell = Callable[[int], None]
"""Is told how many of the steps (`steps`) are done; what it raises ends the verification."""


def first_fault(*, exported: Mapping[int, str] | None = None) -> Fault | None:
    """The first fault; None where all is as it was written. `exported` are the seals that were told outside."""
    return next(faults(exported or {}), None)


def steps() -> int:
    """How much there is to verify: seals, and events with a payload."""
    return Seal.objects.count() + _with_payload().count()


def faults(exported: Mapping[int, str], tell: Tell = lambda done: None) -> Iterator[Fault]:
    """One after the other, as they are found."""
    yield from _without_guard()
    guarded, previous, expected, done = _guarded(), "", 1, 0
    for done, each in enumerate(_in_pieces(Seal.objects.all(), lambda seal: seal.pk), start=1):
        yield from _of_seal(each, expected, previous, exported.get(each.pk), guarded)
        previous, expected = each.digest, each.pk + 1
        tell(done)
    yield from _cut_off(exported)
    for table, about in guarded.items():
        yield from _never_sealed(table, about.key)
        tell(done)
    yield from _of_payloads(lambda more: tell(done + more))


def _in_pieces(rows: QuerySet[Any, Any], key: Callable[[Any], int]) -> Iterator[Any]:
    after = 0
    while piece := list(rows.filter(pk__gt=after).order_by("pk")[:PIECE]):
        yield from piece
        after = key(piece[-1])


def _without_guard() -> Iterator[Fault]:
    """Tables that could have been changed because somebody took their triggers away."""
    found = _asked(_TRIGGERS)
    for table, name, enabled, _ in found:
        if not enabled:
            yield Fault(table, None, f"its trigger {name} is switched off")
    guarded = {table for table, _, _, function in found if function == "audit_refuse"}
    for model in history.append_only():
        if model._meta.db_table not in guarded:
            yield Fault(model._meta.db_table, None, "nothing keeps its rows from being changed")
        if tracked := getattr(model, "pgh_tracked_model", None):
            table = tracked._meta.db_table
            writes = [name for of, name, _, _ in found if of == table and name.startswith("pgtrigger_history_")]
            if len(writes) < TRIGGERS_OF_A_HISTORY:
                yield Fault(table, None, "its history is not written")


def _guarded() -> dict[str, _Guarded]:
    return {name: _Guarded(key, frozenset(columns)) for name, key, columns in _asked("select * from audit_guarded()")}


def _of_seal(
    each: Seal, expected: int, previous: str, told: str | None, guarded: Mapping[str, _Guarded]
) -> Iterator[Fault]:
    tables = list(each.tables.all())
    if each.pk != expected:
        yield Fault("audit_seal", expected, "was deleted", expected)
    if told is not None and told != each.digest:
        yield Fault("audit_seal", each.pk, "is not the one that was exported: the chain was written anew", each.pk)
    if each.previous != previous:
        yield Fault("audit_seal", each.pk, "does not follow the one before it", each.pk)
    for of in sorted(tables, key=lambda of: of.table):
        yield from _of_rows(of, guarded.get(of.table))
    if seals.digest_of(each, tables) != each.digest:
        yield Fault("audit_seal", each.pk, "was changed, or the list of rows that it covers", each.pk)


def _of_rows(of: SealedRows, about: _Guarded | None) -> Iterator[Fault]:
    if about is None or not about.columns.issuperset(of.columns):
        yield Fault(of.table, of.ids[0], f"seal {of.seal_id} covers columns of it that are gone", of.seal_id)
        return
    sql = "select id, hash from audit_row_hashes(%s, %s, %s, %s)"
    hashes = dict(_asked(sql, [of.table, about.key, of.columns, of.ids]))
    for place, key in enumerate(of.ids):
        found = hashes.get(key)
        if found is None:
            yield Fault(of.table, key, f"was deleted after seal {of.seal_id}", of.seal_id)
        elif bytes(found) != bytes(of.hashes[place * HASH : (place + 1) * HASH]):
            yield Fault(of.table, key, f"was changed after seal {of.seal_id}", of.seal_id)


def _cut_off(exported: Mapping[int, str]) -> Iterator[Fault]:
    kept = set(Seal.objects.filter(pk__in=exported).values_list("pk", flat=True))
    for number in sorted(exported.keys() - kept):
        yield Fault("audit_seal", number, "was exported and is gone: the end of the log was cut off")


def _never_sealed(table: str, key: str) -> Iterator[Fault]:
    sql = "select id from audit_unsealed(%s, %s, 0, audit_floor(%s), 1)"
    for (number,) in _asked(sql, [table, key, table]):
        yield Fault(table, number, "was put in after its time: no seal covers it")


def _with_payload() -> QuerySet[Event]:
    return Event.objects.exclude(payload_sha256="")


def _of_payloads(tell: Tell) -> Iterator[Fault]:
    """A payload is the one whose hash stands in its event, unless it was lawfully destroyed."""
    columns = ("pk", "payload_sha256", "payload", "payload__before", "payload__after", "destruction")
    rows = _in_pieces(_with_payload().values_list(*columns), lambda row: row[0])
    for number, (key, sha256, payload, before, after, destroyed) in enumerate(rows, start=1):
        if payload is None and destroyed is None:
            yield Fault("audit_payload", None, f"that of event {key} was deleted, and nobody ordered it")
        elif payload is not None and digest(before, after) != sha256:
            yield Fault("audit_payload", payload, f"was changed; it belongs to event {key}")
        tell(number)
    for payload in Payload.objects.filter(event__payload_sha256="").values_list("pk", flat=True)[:1]:
        yield Fault("audit_payload", payload, "was put in: its event has none")


def _asked(sql: str, values: list[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
