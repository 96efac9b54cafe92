"""The one door. Every write is a command; every look at a record goes through `fetch` or `looked`.

A command is permitted, its record locked, done in one transaction, and recorded with what changed. A refusal is
recorded too, on a second connection, because the request that was refused is itself one transaction that will be
rolled back.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.http import Http404

import audit.services
from accounts import policy
from accounts.models import User
from accounts.roles import Permission

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)

COMMANDS: dict[str, Permission] = {}
_encoder = DjangoJSONEncoder()
_NEVER_RECORDED = frozenset({"password"})


def command(permission: Permission, *, on: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a service a command: `@command(Permission.X, on="child")`.

    The service takes keywords only, among them `by` (a User) and `at` (an instant). `on` names the argument that
    holds the record acted upon: it must be visible to `by`, and the service receives a locked, fresh copy of it, so
    callers use what the service returns. Raises PermissionDenied.
    """

    def decorate(func: Callable[P, R]) -> Callable[P, R]:
        verb = f"{func.__module__.split('.')[0]}.{func.__name__}"
        COMMANDS[verb] = permission

        @wraps(func)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            arguments = cast("dict[str, Any]", kwargs)
            by, at = arguments["by"], arguments["at"]
            target: Model | None = arguments[on] if on else None
            if not policy.may(by, permission, target):
                refuse(verb, by=by, at=at, subject=target)
            with transaction.atomic():
                before: dict[str, Any] = {}
                if on and target:
                    arguments[on] = type(target)._default_manager.select_for_update().get(pk=target.pk)
                    before = snapshot(arguments[on])
                result = func(*args, **kwargs)
                _record(verb, by=by, at=at, target=target, before=before, result=result)
            return result

        return run

    return decorate


def fetch(
    user: User, model: type[M], *, permission: Permission, at: datetime, pk: int, related: Iterable[str] = ()
) -> M:
    """The record, its look recorded; 404 to whom it is not visible, 403 to whom it is but whose role may not.

    `related` names the relations to read with it (select_related).
    """
    verb = f"{model._meta.label_lower}.view"
    rows = policy.visible(user, model)
    record = (rows.select_related(*related) if related else rows).filter(pk=pk).first()
    if record is None:
        _remember_refusal(verb, by=user, at=at, subject_type=model._meta.label_lower, subject_id=pk, child_id=None)
        raise Http404
    if permission not in user.permissions:
        refuse(verb, by=user, at=at, subject=record)
    looked(user, record, at=at)
    return record


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


def searched(user: User, *, verb: str, at: datetime, terms: str) -> None:
    """Record a search and what was asked for."""
    audit.services.record(
        verb=verb, actor_id=user.pk, at=at, subject_type="", subject_id=None, child_id=None, reason=terms
    )


def refuse(verb: str, *, by: User, at: datetime, subject: Model | None) -> None:
    """Remember the refusal and raise PermissionDenied."""
    _remember_refusal(
        verb,
        by=by,
        at=at,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        child_id=policy.child_key(subject) if subject else None,
    )
    raise PermissionDenied(verb)


def snapshot(record: Model) -> dict[str, Any]:
    """The record's own columns as JSON values, without secrets."""
    names = (field.attname for field in record._meta.concrete_fields)
    return {name: _plain(getattr(record, name)) for name in names if name not in _NEVER_RECORDED}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else _encoder.default(value)


def _record(verb: str, *, by: User, at: datetime, target: Model | None, before: dict[str, Any], result: object) -> None:
    subject = result if isinstance(result, Model) else target
    after = snapshot(subject) if subject else {}
    same = subject is not None and target is not None and type(subject) is type(target) and subject.pk == target.pk
    if same:
        changed = {name for name in after if before.get(name) != after[name]}
        before, after = ({name: side[name] for name in changed} for side in (before, after))
    audit.services.record(
        verb=verb,
        actor_id=by.pk,
        at=at,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        child_id=policy.child_key(subject) if subject else None,
        before=before if same else {},
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
