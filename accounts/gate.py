"""The one door. Every write is a command; every look at a record goes through `fetch` or `looked`.

A command is permitted, its record locked, done in one transaction, and recorded with what changed. A refusal is
recorded too, on a second connection, because the request that was refused is itself one transaction that will be
rolled back.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from datetime import datetime
from functools import lru_cache, partial, wraps
from typing import Any, NoReturn, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.models import Model
from django.http import Http404

import audit.services
from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from accounts.selectors import system_actor
from audit.acting import Beyond, DatabaseRole, acting_as, beyond

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)

Values = dict[str, Any]
Parts = Callable[[Any], Values]
COMMANDS: dict[str, Permission] = {}
_encoder = DjangoJSONEncoder()
_within_a_command: ContextVar[bool] = ContextVar("_within_a_command", default=False)
_HELD = "_held"
"""Beside the columns of a record: who was permitted to lock it, and the block of the transaction that holds it."""
_NEVER_RECORDED = frozenset({"password"})
_PLAIN = (str, int, float, list, dict, type(None))


def command(
    permission: Permission, *, on: str | None = None, parts: Parts | None = None, related: Iterable[str] = ()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a service a command: `@command(Permission.X, on="child")`.

    The service takes keywords only, among them `by` (a User) and `at` (an instant). `on` names the argument that
    holds the record acted upon: it must be visible to `by`, and the service receives a locked, fresh copy of it, so
    callers use what the service returns. `parts` adds to what is recorded before and after, where the record is more
    than its own row; `related` is read with the record. Raises PermissionDenied.
    """

    def decorate(func: Callable[P, R]) -> Callable[P, R]:
        verb = f"{func.__module__.split('.')[0]}.{func.__name__}"
        COMMANDS[verb] = permission

        @wraps(func)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            arguments = cast("dict[str, Any]", kwargs)
            by, at = arguments["by"], arguments["at"]
            target: Model | None = arguments[on] if on else None
            if permission not in by.permissions:
                refuse(verb, by=by, at=at, subject=target)
            # What a command within a command refuses, the outer one does not survive: no savepoint of its own.
            with acting_as(by.pk, _role(by)), transaction.atomic(savepoint=not _within_a_command.get()):
                if on:
                    seen = _lock(by, target, related) if target else None  # no record is no record they may see
                    arguments[on] = seen or refuse(verb, by=by, at=at, subject=target)
                locked: Model | None = arguments[on] if on else None
                before = snapshot(locked, parts) if locked else {}
                with _carrying_out():
                    result = func(*args, **kwargs)
                before, after = _change(before, locked, result, parts)
                _record(verb, by=by, at=at, done_to=_subject(result, target), before=before, after=after)
            return result

        return run

    return decorate


def _role(by: User) -> DatabaseRole:
    """The system's own scheduled work is done by the worker, who sees every row."""
    return DatabaseRole.WORKER if Permission.SWEEP in by.permissions else DatabaseRole.APP


@contextmanager
def _carrying_out() -> Iterator[None]:
    token = _within_a_command.set(True)
    try:
        yield
    finally:
        _within_a_command.reset(token)


@contextmanager
def at_work() -> Iterator[User]:
    """The system's own scheduled work, in its own name."""
    actor = system_actor()
    with acting_as(actor.pk, _role(actor)):
        yield actor


def fetch(
    user: User,
    model: type[M],
    *,
    permission: Permission,
    at: datetime,
    pk: int,
    related: Iterable[str] = (),
    lock: bool = False,
) -> M:
    """The record, its look recorded; 404 to whom it is not visible, 403 to whom it is but whose role may not.

    `related` names the relations to read with it (select_related). With `lock` the next command on it need not look
    again: for a form that is sent, with all the relations of its command.
    """
    verb = f"{model._meta.label_lower}.view"
    record = _locked(user, model, pk, related) if lock else policy.find(user, model, pk, related=related)
    if record is None:
        key = pk if pk <= models.BigIntegerField.MAX_BIGINT else None  # an address may hold any number
        _remember_refusal(verb, by=user, at=at, subject_type=model._meta.label_lower, subject_id=key, child_id=None)
        raise Http404
    if permission not in user.permissions:
        refuse(verb, by=user, at=at, subject=record)
    looked(user, record, at=at)
    return record


def require(user: User, permission: Permission, *, at: datetime) -> None:
    """Let through whose role holds `permission`, for a page that is about no single record. Raises PermissionDenied."""
    if permission not in user.permissions:
        refuse(permission.value, by=user, at=at, subject=None)


def looked(user: User, record: Model, *, at: datetime, how: str = "view", reason: str = "") -> None:
    """Record that `user` saw, searched, printed or exported `record` (domain.md 35)."""
    label = record._meta.label_lower
    audit.services.record(
        verb=f"{label}.{how}",
        actor_id=user.pk,
        at=at,
        subject_type=label,
        subject_id=record.pk,
        child_id=policy.child_key(record),
        reason=reason,
    )


def searched(
    user: User,
    *,
    verb: str,
    at: datetime,
    terms: Mapping[str, object],
    shown: Iterable[Model | str] = (),
    children: Iterable[int] = (),
) -> None:
    """Record a search: what was asked for, and which records were shown, each as the log calls it, `people.child:17`.

    `children` are those whom a record shown as a word is about: a record tells itself.
    Both stand in the payload, because terms hold names and the reason outlives lawful disposal (domain.md 37).
    """
    asked = {_storable(name): _storable(value) for name, value in terms.items() if value}
    shown = list(shown)
    called = [record if isinstance(record, str) else f"{record._meta.label_lower}:{record.pk}" for record in shown]
    about = {policy.child_key(record) for record in shown if isinstance(record, Model)} | {*children}
    audit.services.record(
        verb=verb,
        actor_id=user.pk,
        at=at,
        subject_type="",
        subject_id=None,
        child_id=None,
        after={"terms": asked, "shown": called},
        shown_children=sorted(key for key in about if key is not None),
    )


def happened(user: User, verb: str, *, at: datetime) -> None:
    """Record what happened to how somebody signs in, by their own hand or to them before they had signed in."""
    label = user._meta.label_lower
    audit.services.record(verb=verb, actor_id=user.pk, at=at, subject_type=label, subject_id=user.pk, child_id=None)


def refuse(verb: str, *, by: User, at: datetime, subject: Model | None) -> NoReturn:
    """Remember the refusal and raise PermissionDenied."""
    _remember_refusal(
        verb,
        by=by,
        at=at,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        child_id=_asked_of(subject) if subject else None,
    )
    raise PermissionDenied("Your role does not allow this. It was recorded that you asked.")


@beyond(Beyond.REFUSED)
def _asked_of(subject: Model) -> int | None:
    return policy.child_key(subject)


def snapshot(record: Model, parts: Parts | None = None) -> Values:
    """The record's own columns, and its `parts`, as JSON values, without secrets."""
    columns = {name: _plain(getattr(record, name)) for name in _recorded(type(record))}
    return columns | (parts(record) if parts else {})


@lru_cache
def _recorded(model: type[Model]) -> list[str]:
    names = (field.attname for field in model._meta.concrete_fields)
    return [name for name in names if name not in _NEVER_RECORDED]


def _plain(value: Any) -> Any:
    return value if isinstance(value, _PLAIN) else _encoder.default(value)


def _storable(value: Any) -> Any:
    """What was typed into an address may hold signs that PostgreSQL's JSON cannot: NUL, and half a surrogate pair."""
    plain = _plain(value)
    return re.sub("[\0\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", plain) if isinstance(plain, str) else plain


def _lock(user: User, target: M, related: Iterable[str]) -> M | None:
    """The target's row, locked and fresh, if the user may see it.

    What this person's look or outer command has just locked is not read again, once: afterwards it may have changed.
    A copy, because what a refused command did to it must not be seen on the page.
    """
    who, block = vars(target).pop(_HELD, (None, None))
    if who == user.pk and any(block is still for still in connection.atomic_blocks):
        held = copy(target)
        vars(held)[_HELD] = who, block
        return held
    return _locked(user, type(target), target.pk, related)


def _locked(user: User, model: type[M], pk: int, related: Iterable[str]) -> M | None:
    """Permitted and locked in one look."""
    look = partial(policy.find, user, model, pk, related=related, lock=True)
    # Who waited for the row was judged by the grants from before: a command just done may have brought new ones.
    record = look() or look()
    if record:
        vars(record)[_HELD] = user.pk, connection.atomic_blocks[-1]
    return record


def _subject(result: object, target: Model | None) -> Model | None:
    return result if isinstance(result, Model) else target


def _change(before: Values, locked: Model | None, result: object, parts: Parts | None) -> tuple[Values, Values]:
    """What differs: all of a new record, all of a deleted one (it has no key any more), else the changed values."""
    last = _subject(result, locked)
    if last is None:
        return {}, {}
    if locked is None or type(last) is not type(locked) or last.pk not in {None, locked.pk}:
        return {}, snapshot(last)
    after = snapshot(last, parts) if last.pk else {}
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    was, became = ({name: side[name] for name in changed & side.keys()} for side in (before, after))
    return was, became


def _record(verb: str, *, by: User, at: datetime, done_to: Model | None, before: Values, after: Values) -> None:
    audit.services.record(
        verb=verb,
        actor_id=by.pk,
        at=at,
        subject_type=done_to._meta.label_lower if done_to else "",
        subject_id=done_to.pk if done_to else None,
        child_id=policy.child_key(done_to) if done_to else None,
        before=before,
        after=after,
    )


def _remember_refusal(
    verb: str, *, by: User, at: datetime, subject_type: str, subject_id: int | None, child_id: int | None
) -> None:
    audit.services.record(
        verb=f"{verb}.refused",
        actor_id=by.pk,
        at=at,
        subject_type=subject_type,
        subject_id=subject_id,
        child_id=child_id,
        using="refusals",
    )
