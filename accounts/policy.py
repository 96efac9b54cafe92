"""Who may see and do what. Deny by default: what is not declared is not allowed (domain.md 34).

`visible` answers "which records?", `may` answers "this one?", and `may` asks `visible`: a list and its detail
pages cannot disagree. Sight of a child comes from grants on the child alone; every other record declares its way
to the child in `need_to_know` (see `accounts.scopes`).
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.utils import timezone
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from accounts import scopes
from accounts.models import User
from accounts.roles import Permission

M = TypeVar("M", bound=Model)


def visible(user: User, model: type[M]) -> QuerySet[M]:
    """The rows of `model` that `user` has a need to know, and no other."""
    rows = model._default_manager.all()
    scope = getattr(model, "need_to_know", None)
    if scope is None or not user.is_active:
        return rows.none()
    return rows.filter(_condition(user, scope))


def may(user: User, permission: Permission, record: Model | None = None) -> bool:
    """Whether one of the user's roles holds `permission` and, where a record is given, the user may see it."""
    if permission not in user.permissions:
        return False
    return record is None or visible(user, type(record)).filter(pk=record.pk).exists()


def child_key(record: Model) -> int | None:
    """The number of the child that `record` is about, for the log."""
    scope = getattr(record, "need_to_know", None)
    value: Any = record
    for part in getattr(scope, "key", "").split("__"):
        value = getattr(value, part, None) if part else None
    return value if isinstance(value, int) else None


def _condition(user: User, scope: scopes.Scope) -> Q:
    match scope:
        case scopes.ThroughChild(key):
            return _knows_child(user, key, rows_are_few=True)
        case scopes.DraftOfTeam(submitted, team, key):
            draft = Q(**{f"{submitted}__isnull": True, f"{team}__in": user.team_ids})
            return draft | (Q(**{f"{submitted}__isnull": False}) & _knows_child(user, key))
        case scopes.HandledByTeam(handling, origin):
            return Q(**{f"{handling}__in": user.team_ids}) | Q(**{f"{origin}__in": user.team_ids})
        case scopes.OwnedByTeam(team, person, key):
            owned = Q(**{f"{team}__in": user.team_ids}) | Q(**{person: user.pk})
            return owned & _knows_child(user, key, rows_are_few=True)
        case scopes.Addressee(person):
            return Q(**{person: user.pk})
        case scopes.Everybody():
            return Q()


def _knows_child(user: User, key: str, *, rows_are_few: bool = False) -> Q:
    """A live grant to the person or to a team of theirs.

    PostgreSQL answers EXISTS by a probe of an index for each row or by reading all grants of the team first, as it
    guesses. Where something else has narrowed the rows (an owner, a name) it guesses wrong for a team that knows a
    hundred thousand children; a subquery that is not null is always probed.
    """
    own = user_grants().filter(_live(timezone.now()), user=user.pk, content_object_id=OuterRef(key))
    team = group_grants().filter(_live(timezone.now()), group__in=user.team_ids, content_object_id=OuterRef(key))
    if rows_are_few:
        return Q(IsNull(Subquery(own.values("pk")[:1]), False)) | Q(IsNull(Subquery(team.values("pk")[:1]), False))
    return Q(Exists(own)) | Q(Exists(team))


def _live(at: datetime) -> Q:
    return Q(expires_at=None) | Q(expires_at__gt=at)


@lru_cache
def _child_model() -> Any:
    return apps.get_model(settings.CHILD_MODEL)


def user_grants() -> QuerySet[Any]:
    """Personal grants on children: key worker, break-glass."""
    return _sight(get_user_obj_perms_model(_child_model()))


def group_grants() -> QuerySet[Any]:
    """Team grants on children: author's team, MASH, a share."""
    return _sight(get_group_obj_perms_model(_child_model()))


def _sight(grants: type[Model]) -> QuerySet[Any]:
    return grants._default_manager.filter(permission__codename="view_child")


__all__ = ["Permission", "child_key", "group_grants", "may", "user_grants", "visible"]
