"""The child, who knows of them, and whether a case is open."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Length
from django.db.models.lookups import GreaterThanOrEqual
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.models import PERSONAL_KINDS, TEAM_KINDS, GrantKind, Team, User
from accounts.scopes import ThroughChild
from audit.history import recorded
from people.codes import Authority, Ethnicity, LookedAfter, Restriction, Sex
from people.rules import LONGEST_EMERGENCY, SHORTEST_REASON, Particulars, called


@recorded()
class Child(models.Model):
    """A child, known or only told of. `provisional`: not yet matched against the records we hold.

    A provisional record may lack a name or a date of birth. `same_as` points to the record that MASH found to be the
    same child; both records stay, with the sight that each had (domain.md 20). `token` is that of the form that added
    it, by which the same form sent again is known. While there is a `restriction`, only personal grants give sight;
    and where `address_secret` says why, only those who also hold "view_address" on the child see where they live.
    """

    need_to_know: ClassVar = ThroughChild("pk")

    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    aliases = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    ethnicity = models.CharField(max_length=4, choices=Ethnicity.choices, default=Ethnicity.NOBT)
    nhs_number = models.CharField(max_length=10, null=True, blank=True)
    upn = models.CharField(max_length=13, null=True, blank=True)
    learning_disability = models.BooleanField(null=True, blank=True)
    looked_after = models.CharField(max_length=12, choices=LookedAfter.choices, default=LookedAfter.UNKNOWN)
    responsible_authority = models.CharField(max_length=3, choices=Authority.choices, default=Authority.WOLVERHAMPTON)
    host_authority = models.CharField(max_length=3, choices=Authority.choices, default=Authority.WOLVERHAMPTON)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    ward = models.CharField(max_length=60, blank=True)
    school = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    notes = models.TextField(blank=True, validators=[MaxLengthValidator(4000)])
    address_secret = models.CharField(max_length=300, blank=True)
    restriction = models.CharField(max_length=10, choices=Restriction.choices, blank=True, default=Restriction.NONE)
    provisional = models.BooleanField(default=False)
    same_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="also_recorded_as"
    )
    added_by_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="children_added")
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    token = models.UUIDField(null=True, unique=True, editable=False)
    # Both without accents and in capitals, by functions that come with migration 0003: PostgreSQL's own are not
    # immutable. `selectors` folds what is typed in the same way (rules.search_key).
    search_name = models.GeneratedField(
        expression=Func(Concat("given_name", Value(" "), "family_name"), function="people_folded"),
        output_field=models.TextField(),
        db_persist=True,
    )
    search_aliases = models.GeneratedField(
        expression=Func(F("aliases"), function="people_folded_each"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    class Meta:
        permissions = [("view_address", "Can see the child's secret address")]
        constraints = [
            models.CheckConstraint(
                condition=Q(provisional=True)
                | (Q(date_of_birth__isnull=False) & ~Q(given_name="") & ~Q(family_name="")),
                name="child_named_and_dated_unless_provisional",
            ),
            models.CheckConstraint(condition=Q(same_as=None) | ~Q(same_as=F("pk")), name="child_not_same_as_itself"),
            models.UniqueConstraint(
                fields=["nhs_number"], condition=Q(provisional=False), name="child_nhs_number_once"
            ),
            models.UniqueConstraint(fields=["upn"], condition=Q(provisional=False), name="child_upn_once"),
        ]
        indexes = [
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="child_search_name_trigram"),
            models.Index(fields=["search_name"], name="child_search_name"),
            GinIndex(fields=["search_aliases"], name="child_search_aliases"),
            models.Index(fields=["date_of_birth"], name="child_born"),
            models.Index(fields=["nhs_number"], name="child_nhs_number"),
            models.Index(fields=["upn"], name="child_upn"),
            models.Index(
                fields=["-added_at", "-id"], condition=Q(provisional=True, same_as=None), name="child_to_match"
            ),
            models.Index(fields=["id"], condition=~Q(restriction=""), name="child_restricted"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How the record is called where no name may stand."""
        return _reference(self.pk)

    @property
    def matched_reference(self) -> str:
        """Of the record that MASH found to be of the same child, which whoever reads this may not see."""
        return _reference(self.same_as_id) if self.same_as_id else ""

    @property
    def is_named(self) -> bool:
        return bool(self.given_name and self.family_name and self.date_of_birth)

    @property
    def is_looked_after(self) -> bool:
        return self.looked_after not in {LookedAfter.NO, LookedAfter.UNKNOWN}

    @property
    def particulars(self) -> Particulars:
        """What may tell this child from another."""
        return Particulars(
            given_name=self.given_name,
            family_name=self.family_name,
            date_of_birth=self.date_of_birth,
            nhs_number=self.nhs_number,
            upn=self.upn,
            aliases=tuple(self.aliases),
        )

    @property
    def name(self) -> str:
        return called(self.given_name, self.family_name)


def _reference(pk: int) -> str:
    return f"C{pk:06d}"


@recorded(need_to_know=ThroughChild("content_object_id"))
class ChildUserGrant(UserObjectPermissionBase):
    """One person's sight of one child: key worker, break-glass. Made by accounts.services alone."""

    content_object = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="user_grants")
    kind = models.CharField(max_length=20, choices=GrantKind.choices)
    reason = models.CharField(max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta(UserObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["content_object", "user"], name="user_grant_by_child")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PERSONAL_KINDS), name="user_grant_kind"),
            models.CheckConstraint(
                condition=~Q(kind=GrantKind.BREAK_GLASS)
                | Q(
                    granted_by=F("user"), expires_at__isnull=False, expires_at__lte=F("granted_at") + LONGEST_EMERGENCY
                ),
                name="user_grant_in_an_emergency_is_short_and_ones_own",
            ),
        ]


@recorded(need_to_know=ThroughChild("content_object_id"))
class ChildTeamGrant(GroupObjectPermissionBase):
    """One team's sight of one child: its author, MASH, a share. Made by accounts.services alone."""

    content_object = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="team_grants")
    kind = models.CharField(max_length=20, choices=GrantKind.choices)
    reason = models.CharField(max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta(GroupObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["content_object", "group"], name="team_grant_by_child")]
        constraints = [models.CheckConstraint(condition=Q(kind__in=TEAM_KINDS), name="team_grant_kind")]


@recorded()
class Exclusion(models.Model):
    """A person who must not know of this child, whatever else would let them: a relative, say (domain.md 34)."""

    need_to_know = ThroughChild()

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="exclusions")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="exclusions")
    reason = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "child"], condition=Q(ended_at=None), name="exclusion_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="exclusion_ended_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is kept from {self.child_id}"


@recorded()
class RestrictedTime(models.Model):
    """From when to when a record was restricted, and why (domain.md 34). `Child.restriction` says what holds now."""

    need_to_know = ThroughChild()

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="restricted_times")
    kind = models.CharField(max_length=10, choices=[choice for choice in Restriction.choices if choice[0]])
    reason = models.CharField(max_length=300)
    restricted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    restricted_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(lifted_at=None), name="restricted_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.child_id} is restricted"


@recorded()
class LiftProposal(models.Model):
    """One person's wish to lift a restriction, which another agrees to or refuses (ASVS 2.3.5)."""

    part_of = "restricted_time"

    restricted_time = models.ForeignKey(RestrictedTime, on_delete=models.PROTECT, related_name="proposals")
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed = models.BooleanField(null=True, blank=True)
    answer_reason = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["restricted_time"], condition=Q(agreed=None), name="lift_proposed_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(agreed=None, answered_by=None, answered_at=None)
                | (Q(agreed__isnull=False, answered_by__isnull=False, answered_at__isnull=False)),
                name="lift_answered_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("proposed_by")), name="lift_answered_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"proposal to lift {self.restricted_time_id}"


@recorded()
class Emergency(models.Model):
    """A record opened in an emergency by somebody who had no sight of it: until when, why, and what was found of it.

    Made by the database alone (migration 0012), with the grant and the notices that tell of it (security.md 2).
    """

    need_to_know = ThroughChild()

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="emergencies")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    justified = models.BooleanField(null=True, blank=True)
    review_note = models.CharField(max_length=1000, blank=True)
    reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("reason"), SHORTEST_REASON), name="emergency_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at"), until__lte=F("opened_at") + LONGEST_EMERGENCY),
                name="emergency_is_short",
            ),
            models.CheckConstraint(
                condition=Q(justified=None, reviewed_by=None, reviewed_at=None)
                | Q(justified__isnull=False, reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="emergency_reviewed_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("person")), name="emergency_reviewed_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "until"], condition=Q(ended_at=None), name="emergency_of_person"),
            models.Index(fields=["until", "id"], condition=Q(justified=None), name="emergency_to_review"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} opened {self.child_id}"

    @property
    def ends_at(self) -> datetime:
        return self.ended_at or self.until


class EmergencyTry(models.Model):
    """An attempt to open a record in an emergency, whatever came of it: too many in an hour are refused."""

    append_only = True

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    tried_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "tried_at"], name="emergency_try_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} tried"


@recorded()
class Involvement(models.Model):
    """A case: from opening to closing, with the people who hold it and whether CMOG lists the child."""

    need_to_know = ThroughChild()

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="involvements")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="involvements")
    key_worker = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="key_worker_for")
    coordinator = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="coordinator_for"
    )
    cmog_listed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(closed_at=None), name="involvement_one_open"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="involvement_closed_after_opened"
            ),
        ]

    def __str__(self) -> str:
        return f"case of {self.child_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
