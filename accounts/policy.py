"""Who may see and do what. Deny by default: what is not declared is not allowed (domain.md 34).

`visible` answers "which records?", `may` answers "this one?", and `may` asks `visible`: a list and its detail
pages cannot disagree. Sight of a child comes from grants on the child alone; every other record declares its way
to the child in `need_to_know` (see `accounts.scopes`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import BigIntegerField, DateTimeField, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.utils import timezone
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from accounts import scopes
from accounts.models import User
from accounts.roles import Permission
from frontend.prepared import Among, Given, Prepared

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class _Viewer:
    """Who looks: the person, their teams and the moment, or the places where a prepared query is given them."""

    person: Any
    teams: frozenset[int] | str
    """A word is the name under which the teams are given; likewise the children who are hidden from this person."""
    hidden: frozenset[int] | str
    at: Any


FEW = 1000
"""Grants up to which a list begins with the children somebody knows, and not with the rows."""
VIEWER = Given("viewer")
"""The place of the person who looks, in a query that is prepared."""
_WHOEVER = _Viewer(VIEWER, "viewer_teams", "hidden_from_viewer", Given("viewed_at", DateTimeField()))


def visible(user: User, model: type[M]) -> QuerySet[M]:
    """The rows of `model` that `user` has a need to know, and no other."""
    rows = model._default_manager.all()
    scope = getattr(model, "need_to_know", None)
    if scope is None or not user.is_active:
        return rows.none()
    return rows.filter(_condition(_Viewer(user.pk, user.team_ids, user.hidden_children, timezone.now()), scope))


def visible_to_viewer(model: type[M]) -> QuerySet[M]:
    """`visible` for a prepared query, which is asked with `**viewed_by(user)`."""
    rows = model._default_manager.all()
    scope = getattr(model, "need_to_know", None)
    if scope is None:
        raise TypeError(f"{model.__name__} declares no need_to_know, so nobody may see it.")
    return rows.filter(IsNull(_WHOEVER.person, False), _condition(_WHOEVER, scope))


def viewed_by(user: User) -> dict[str, Any]:
    """What a query made of `visible_to_viewer` is given; whoever has left is nobody and sees nothing."""
    person, teams = (user.pk, list(user.team_ids)) if user.is_active else (None, [])
    hidden = list(user.hidden_children)
    return {"viewer": person, "viewer_teams": teams, "hidden_from_viewer": hidden, "viewed_at": timezone.now()}


def find(user: User, model: type[M], pk: int, *, related: Iterable[str] = (), lock: bool = False) -> M | None:
    """The row of `visible` with this key, read with its `related` (select_related); `lock` keeps others from it."""
    if getattr(model, "need_to_know", None) is None or pk > BigIntegerField.MAX_BIGINT:
        return None
    return _one(model, tuple(related), lock).first(key=pk, **viewed_by(user))


@lru_cache
def _one(model: type[M], related: tuple[str, ...], lock: bool) -> Prepared[M]:
    def rows() -> QuerySet[M]:
        found = visible_to_viewer(model).filter(pk=Given("key"))
        found = found.select_related(*related) if related else found
        return found.select_for_update(of=("self",)) if lock else found

    return Prepared(rows)


def may(user: User, permission: Permission, record: Model | None = None) -> bool:
    """Whether one of the user's roles holds `permission` and, where a record is given, the user may see it."""
    if permission not in user.permissions:
        return False
    return record is None or find(user, type(record), record.pk) is not None


def child_key(record: Model) -> int | None:
    """The number of the child that `record` is about, for the log."""
    scope = getattr(record, "need_to_know", None)
    value: Any = record
    for part in getattr(scope, "key", "").split("__"):
        value = getattr(value, part, None) if part else None
    return value if isinstance(value, int) else None


def who_know(people: Collection[int], children: Collection[int], *, at: datetime) -> set[tuple[int, int]]:
    """Which of these people know which of these children, as pairs of their numbers, in one query.

    Asked of the database past its own policies: whoever acts need not know what others know.
    """
    if not people or not children:
        return set()
    return _pairs("cse_who_know(%s, %s, %s)", list(people), list(children), at)


def kept_from(people: Collection[int], children: Collection[int], *, at: datetime) -> set[tuple[int, int]]:
    """Which of these people no team's sight helps to which of these children: restricted, or excluded."""
    if not people or not children:
        return set()
    return _pairs("cse_kept_from(%s, %s, %s)", list(people), list(children), at)


def keepers(children: Collection[int], *, at: datetime) -> set[tuple[int, int]]:
    """Who keeps sight of those of these children whose record is restricted; not whoever opened it in an emergency."""
    return _pairs("cse_keepers(%s, %s)", list(children), at) if children else set()


def _pairs(function: str, *arguments: Any) -> set[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {function}", list(arguments))  # nosec B608 # noqa: S608 (names of our own)
        return set(cursor.fetchall())


def address_grants() -> QuerySet[Any]:
    """Personal grants to see where a child lives whose address is secret; they give no sight of the record."""
    return get_user_obj_perms_model(_child_model())._default_manager.filter(permission__codename="view_address")


def _condition(viewer: _Viewer, scope: scopes.Scope) -> Q:
    match scope:
        case scopes.ThroughChild(key):
            return _knows_child(viewer, key)
        case scopes.DraftOfTeam(submitted, team, key):
            read = Q(**{f"{submitted}__isnull": False}) | _of_team(viewer, team)
            return read & _knows_child_in_list(viewer, key)
        case scopes.HandledByTeam(handling, origin, key):
            return (_of_team(viewer, handling) | _of_team(viewer, origin)) & _not_hidden(viewer, key)
        case scopes.OwnedByTeam(team, person, key):
            owned = _of_team(viewer, team) | Q(**{person: viewer.person})
            return owned & (Q(**{key: None}) | _knows_child(viewer, key))
        case scopes.UnlessAboutTeam(about, team, key):
            told = Q(**{about: ""}) | ~_of_team(viewer, team)
            return told & _knows_child(viewer, key)
        case scopes.Addressee(person):
            return Q(**{person: viewer.person})
        case scopes.Everybody():
            return Q()


def _of_team(viewer: _Viewer, column: str) -> Q:
    if isinstance(viewer.teams, str):
        return Q(Among(F(column), viewer.teams))
    return Q(**{f"{column}__in": viewer.teams})


def _not_hidden(viewer: _Viewer, key: str) -> Q:
    """Neither a restricted record that this person has no grant for by name, nor one they are kept from."""
    if isinstance(viewer.hidden, str):
        return ~Q(Among(F(key), viewer.hidden))
    return ~Q(**{f"{key}__in": viewer.hidden})


def _knows_child(viewer: _Viewer, key: str) -> Q:
    """A live grant to the person or to a team of theirs, on a child who is not hidden from them.

    PostgreSQL answers EXISTS by a probe of an index for each row or by reading all grants of the team first, as it
    guesses, and for a team that knows a hundred thousand children it guesses wrong; a subquery that is not null is
    always probed.
    """
    own, team = _grants_of(viewer)
    probes = [rows.filter(content_object_id=OuterRef(key)).values("pk")[:1] for rows in (own, team)]
    return (Q(IsNull(Subquery(probes[0]), False)) | Q(IsNull(Subquery(probes[1]), False))) & _not_hidden(viewer, key)


def _knows_child_in_list(viewer: _Viewer, key: str) -> Q:
    """The same for a list of all that somebody may see. Where few children are known it begins with those: a walk
    through everybody's rows, the newest first, would find theirs late or never."""
    if isinstance(viewer.hidden, str):
        return _knows_child(viewer, key)
    own, team = _grants_of(viewer)
    known = own.values_list("content_object_id").union(team.values_list("content_object_id"), all=True)
    few = {pk for (pk,) in known[: FEW + 1]}
    return Q(**{f"{key}__in": few - viewer.hidden}) if len(few) <= FEW else _knows_child(viewer, key)


def _grants_of(viewer: _Viewer) -> tuple[QuerySet[Any], QuerySet[Any]]:
    live = Q(expires_at=None) | Q(expires_at__gt=viewer.at)
    return user_grants().filter(live, user=viewer.person), group_grants().filter(live, _of_team(viewer, "group_id"))


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


__all__ = [
    "VIEWER",
    "Permission",
    "address_grants",
    "child_key",
    "find",
    "group_grants",
    "keepers",
    "kept_from",
    "may",
    "user_grants",
    "viewed_by",
    "visible",
    "visible_to_viewer",
    "who_know",
]
