"""Agencies, teams and users, and the grants through which a team or a person comes to know a child."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as ModelPermission
from django.db import transaction
from django.db.models import Model

from accounts import policy, sessions, telling
from accounts.gate import command
from accounts.models import Agency, AgencyKind, GrantKind, Team, TeamKind, User
from accounts.refusals import Refusal
from accounts.roles import Permission, Role
from frontend.statements import Statement


@command(Permission.PEOPLE_MANAGE)
def add_agency(*, by: User, at: datetime, name: str, kind: AgencyKind) -> Agency:
    """Add a partner."""
    return Agency.objects.create(name=name, kind=kind)


@command(Permission.PEOPLE_MANAGE)
def add_team(*, by: User, at: datetime, agency: Agency, name: str, kind: TeamKind = TeamKind.PRACTICE) -> Team:
    """Add a team and the group that carries its grants."""
    group = Group.objects.create(name=f"{agency}: {name}"[:150])
    return Team.objects.create(group=group, agency=agency, name=name, kind=kind)


@command(Permission.PEOPLE_MANAGE)
def add_user(
    *, by: User, at: datetime, email: str, full_name: str, job_title: str, team: Team | None, roles: list[Role]
) -> User:
    """Add a person without a password: they choose one from the reset e-mail."""
    user = User(
        email=email.lower(), full_name=full_name, job_title=job_title, team=team, roles=roles, joined_on=at.date()
    )
    user.set_unusable_password()
    user.save()
    if team:
        user.groups.add(team.group)
    return user


def _teams(user: User) -> dict[str, list[int]]:
    """A person's teams, which are not in the row of the person."""
    return {"teams": sorted(user.groups.values_list("pk", flat=True))}


@command(Permission.PEOPLE_MANAGE, on="user", parts=_teams)
def change_user(
    *, by: User, at: datetime, user: User, team: Team | None = None, roles: Collection[Role] | None = None
) -> User:
    """Move a person to another team, give them other roles, or both. The former team's children are theirs no more."""
    if team:
        if user.team:
            user.groups.remove(user.team.group)
        user.groups.add(team.group)
        user.team = team
    if roles is not None:
        user.roles = list(roles)
    user.save(update_fields=["team", "roles"])
    return user


@command(Permission.NOTICE_READ)
def choose_digest(*, by: User, at: datetime, daily: bool) -> User:
    """Get the e-mails of one's notices once a day, or each at once; what is urgent always comes at once."""
    person = User.objects.select_for_update().get(pk=by.pk)
    person.daily_digest = daily
    person.save(update_fields=["daily_digest"])
    return person


@command(Permission.PEOPLE_MANAGE, on="user")
def end_account(*, by: User, at: datetime, user: User) -> User:
    """Cut a leaver off at once: the next request of any of their sessions is refused."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.end(user)
    return user


@command(Permission.ACCOUNT_OWN)
def end_session(*, by: User, at: datetime, number: int) -> None:
    """Sign oneself out on another device (ASVS 7.5.2)."""
    if sessions.end(by, numbers=[number]):
        transaction.on_commit(lambda: telling.mail(by, telling.Happened.SESSION_ENDED), robust=True)


@command(Permission.ACCOUNT_OWN)
def end_other_sessions(*, by: User, at: datetime, key: str) -> None:
    """Sign oneself out everywhere but in the session with this key."""
    if sessions.end(by, except_key=key):
        transaction.on_commit(lambda: telling.mail(by, telling.Happened.SESSION_ENDED), robust=True)


class NoOtherWay(Refusal):
    """Without a password the agency's sign-in is the only way in."""


@command(Permission.PEOPLE_MANAGE, on="user")
def link_sign_on(*, by: User, at: datetime, user: User, provider: str, subject: str) -> User:
    """Let somebody in by their agency's sign-in, where they are known as `subject`. One number is one person."""
    account, made = SocialAccount.objects.get_or_create(provider=provider, uid=subject, defaults={"user": user})
    if account.user_id != user.pk:
        raise AlreadyLinked("That number of the agency’s sign-in belongs to another account.")
    if made:
        transaction.on_commit(lambda: telling.mail(user, telling.Happened.SIGN_ON_LINKED), robust=True)
    return user


class AlreadyLinked(Refusal):
    """One number at an agency's sign-in is one person."""


@command(Permission.ACCOUNT_OWN)
def unlink_sign_on(*, by: User, at: datetime, pk: int) -> None:
    """Take one's own link away, and be signed out elsewhere. Raises NoOtherWay."""
    if not by.has_usable_password():
        raise NoOtherWay("Choose a password first: without it you could not sign in.")
    SocialAccount.objects.filter(user=by, pk=pk).delete()
    transaction.on_commit(lambda: telling.mail(by, telling.Happened.SIGN_ON_REMOVED), robust=True)


@command(Permission.PEOPLE_MANAGE, on="user")
def reset_second_factor(*, by: User, at: datetime, user: User) -> User:
    """For somebody who lost theirs: all are removed, every session ends, and they set up a new one when they sign in.

    Who they are was made sure of outside this system. They are told by e-mail, so that a trick is noticed.
    """
    Authenticator.objects.filter(user=user).delete()
    sessions.end(user)
    transaction.on_commit(lambda: telling.mail(user, telling.Happened.SECOND_FACTOR_RESET), robust=True)
    return user


def let_team_know(child: Model, team: Team, *, kind: GrantKind, reason: str, by: User, at: datetime) -> None:
    """Grant the team sight of the child; a second grant changes nothing. Only commands call this."""
    let_teams_know(child, [team.pk], kind=kind, reason=reason, by=by, at=at)


def let_teams_know(
    child: Model, team_pks: Iterable[int], *, kind: GrantKind, reason: str, by: User, at: datetime
) -> None:
    """The same for several teams at once, in one statement. Sight that was ended begins anew."""
    told = {"child": child.pk, "kind": kind, "reason": reason, "by": by.pk, "at": at, "teams": list(team_pks)}
    _grant_to_teams().run(told)


@lru_cache
def _grant_to_teams() -> Statement:
    """Written out, because the permission's number is asked for in the same statement, as the policy asks for it."""
    sql = f"""
        insert into {policy.group_grants().model._meta.db_table} as known
            (permission_id, group_id, content_object_id, kind, reason, granted_by_id, granted_at)
        select (select id from auth_permission where codename = 'view_child'),
            team, %(child)s, %(kind)s, %(reason)s, %(by)s, %(at)s
        from unnest(%(teams)s) team
        on conflict (group_id, permission_id, content_object_id) do update set
            kind = excluded.kind, reason = excluded.reason, granted_by_id = excluded.granted_by_id,
            granted_at = excluded.granted_at, expires_at = null
        where known.expires_at <= %(at)s
    """  # nosec B608 # noqa: S608
    types = {"child": "bigint", "kind": "text", "reason": "text", "by": "bigint", "at": "timestamptz"}
    return Statement(sql, types | {"teams": "integer[]"})


def end_team_sight(child: Model, team: Team, *, by: User, at: datetime, reason: str) -> None:
    """What was granted to the team runs out now. Only commands call this."""
    policy.group_grants().filter(content_object_id=child.pk, group_id=team.pk).update(
        expires_at=at, reason=reason, granted_by=by
    )


def let_person_know(
    child: Model,
    user: User,
    *,
    kind: GrantKind,
    reason: str,
    by: User,
    at: datetime,
    until: datetime | None = None,
    what: str = "view_child",
) -> None:
    """Grant one person sight of the child, until a moment or for good. Only commands call this.

    `what` is sight of the record, or of what is kept apart in it ("view_address").
    """
    policy.user_grants().model.objects.update_or_create(
        content_object=child,
        user=user,
        permission_id=_permission(child, what),
        defaults={"kind": kind, "reason": reason, "granted_by": by, "granted_at": at, "expires_at": until},
    )


def _permission(child: Model, codename: str) -> int:
    """Its number, asked for each time: it is made after a migration, and made again under another after a flush."""
    permissions = ModelPermission.objects.filter(codename=codename, content_type__app_label=child._meta.app_label)
    return permissions.values_list("pk", flat=True).get()
