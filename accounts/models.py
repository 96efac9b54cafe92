"""Agencies, their teams, and the people in them."""

import json
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection, models
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from accounts.devices import device_in_words
from accounts.roles import GRANTS, Permission, Role
from accounts.scopes import Everybody
from audit.history import recorded


class AgencyKind(models.TextChoices):
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    SCHOOL = "school", "School or college"
    RESIDENTIAL = "residential", "Residential care provider"
    FOSTERING = "fostering", "Fostering"
    CHARITY = "charity", "Charity"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    OTHER = "other", "Other partner"


@recorded()
class Agency(models.Model):
    """A partner: council, police, health, a school, a charity."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices)

    def __str__(self) -> str:
        return self.name


class TeamKind(models.TextChoices):
    PRACTICE = "practice", "Practice team"
    MASH = "mash", "Multi-Agency Safeguarding Hub"
    CSE = "cse", "CSE co-ordination"
    CMOG = "cmog", "CMOG"


@recorded()
class Team(models.Model):
    """The unit that shares a need to know. Its key is its group's, so a group grant is a team grant.

    `tells_of_records`: a search by somebody without sight may answer that the team has such a record, and how it is
    reached, nothing else.
    """

    group = models.OneToOneField(Group, on_delete=models.PROTECT, primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=TeamKind.choices, default=TeamKind.PRACTICE)
    tells_of_records = models.BooleanField(default=False)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="team_name_once_per_agency"),
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="mash"), name="team_one_mash"),
            models.CheckConstraint(
                condition=models.Q(tells_of_records=False) | ~models.Q(contact_phone="", contact_email=""),
                name="team_that_tells_can_be_reached",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"


class GrantKind(models.TextChoices):
    """The only ways in which sight of a child arises; tests/architecture lists who makes each (domain.md 34)."""

    AUTHOR = "author", "Added the record"
    MATCH = "match", "Matches the record with others"
    REFERRAL = "referral", "A referral was sent to them"
    SCREENING = "screening", "A screening was sent to them"
    MISSING = "missing", "The child was reported missing"
    CASE = "case", "Holds the case"
    CMOG = "cmog", "CMOG lists the child"
    SHARE = "share", "It was shared with them"
    INTERVIEW = "interview", "Holds the return interview"
    RESTRICTED = "restricted", "Keeps sight of a restricted record"
    BREAK_GLASS = "break_glass", "Opened the record in an emergency"
    ADDRESS = "address", "Is told the secret address"


TEAM_KINDS = (
    GrantKind.AUTHOR,
    GrantKind.MATCH,
    GrantKind.REFERRAL,
    GrantKind.SCREENING,
    GrantKind.MISSING,
    GrantKind.CASE,
    GrantKind.CMOG,
    GrantKind.SHARE,
)
PERSONAL_KINDS = (
    GrantKind.CASE,
    GrantKind.INTERVIEW,
    GrantKind.RESTRICTED,
    GrantKind.BREAK_GLASS,
    GrantKind.ADDRESS,
)


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


@recorded(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address, or one of the two actors who cannot (`Role.SYSTEM`, `PUBLIC`).

    `groups` are the teams this person is in: they alone decide what is seen, and who is told what a team is told
    (`team_ids`, `selectors.holders_of`). `team` is the one of them for which the person writes; never ask it who is in
    a team.
    """

    need_to_know = Everybody()

    email = models.EmailField()
    full_name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="members")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(null=True)
    daily_digest = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_no_superuser"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What this person's roles allow; nothing once they have left."""
        if not self.is_active:
            return frozenset()
        return frozenset().union(*(GRANTS[Role(role)] for role in self.roles))

    @cached_property
    def team_ids(self) -> frozenset[int]:
        """The teams this person is in: the groups whose grants reach them."""
        return frozenset(self.groups.values_list("pk", flat=True))

    @cached_property
    def emergencies(self) -> list[dict[str, Any]]:
        """The records that this person has open in an emergency: number of the child, and until when."""
        with connection.cursor() as cursor:
            cursor.execute("select cse_emergencies(%s)", [self.pk])
            return list(json.loads(cursor.fetchone()[0]))

    @cached_property
    def hidden_children(self) -> frozenset[int]:
        """The children whose records no team's sight opens to this person: restricted, or kept from them."""
        with connection.cursor() as cursor:
            cursor.execute("select cse_hidden_from(%s)", [self.pk])
            return frozenset(cursor.fetchone()[0])


class CodeUse(models.Model):
    """The last half minute of which a person's authenticator app gave a code, and how many wrong ones were tried since.

    In the database, because a code may not be used twice even where the cache has forgotten it (ASVS 6.5.1).
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    step = models.BigIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    wrong_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"codes of user {self.user_id}"


class Session(AbstractBaseSession):
    """A browser's session, with whose it is, so that people see where they are signed in and can end it.

    `number` names it in an address: the key itself would let in whoever reads it. `seen_at` is when the person last did
    something, to the minute (accounts.sessions). A visitor's has neither person nor number.
    """

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    number = models.BigIntegerField(null=True, unique=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None)
                | models.Q(number__isnull=False, began_at__isnull=False, seen_at__isnull=False),
                name="session_of_a_person_is_dated",
            )
        ]

    def __str__(self) -> str:
        return f"session of user {self.user_id}"

    @property
    def device_in_words(self) -> str:
        """As much as somebody needs to tell their devices apart."""
        return device_in_words(self.device)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from accounts.sessions import SessionStore

        return SessionStore


@recorded()
class Membership(User.groups.through):  # type: ignore[misc,name-defined]
    """Who is in which team. Django's own table; named here so that its history is kept."""

    class Meta:
        proxy = True
