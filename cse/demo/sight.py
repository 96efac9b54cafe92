"""One record that is restricted, one person who is kept from one, and one emergency that waits to be reviewed."""

from datetime import timedelta

from accounts.models import GrantKind, User
from accounts.roles import Role
from cse.demo.story import Run
from deadlines.models import Notice
from people.codes import Restriction
from people.models import Child, ChildUserGrant, Emergency, Exclusion, Involvement, RestrictedTime

_FEWEST = 20
"""Open cases below which there are too few to set three apart."""


def tell(run: Run) -> None:
    """On the newest open cases, once: a second run adds nothing."""
    cases = Involvement.objects.filter(closed_at=None).exclude(coordinator=None).order_by("-pk")
    newest = list(cases.select_related("child", "coordinator")[:_FEWEST])
    if len(newest) < _FEWEST or RestrictedTime.objects.exists():
        return
    coordinator = User.objects.get(pk=run.staff.coordinator.pk)
    _restrict(newest[0], coordinator, run)
    _exclude(newest[1], coordinator, run)
    _open_in_emergency(newest[2], run)


def _restrict(case: Involvement, by: User, run: Run) -> None:
    """As `people.services.restrict`, by the co-ordinator."""
    why, at = "An aunt of the child works in the council's contact centre", run.now - timedelta(days=6)
    Child.objects.filter(pk=case.child_id).update(restriction=Restriction.STAFF)
    RestrictedTime.objects.create(
        child=case.child, kind=Restriction.STAFF, reason=why, restricted_by=by, restricted_at=at
    )
    ChildUserGrant.objects.filter(content_object=case.child, expires_at=None).update(
        kind=GrantKind.RESTRICTED, reason=why, granted_by=by, granted_at=at
    )


def _exclude(case: Involvement, by: User, run: Run) -> None:
    """As `people.services.exclude`: a colleague of the key worker who knows the family."""
    colleagues = User.objects.filter(groups=case.team_id, is_active=True).order_by("-pk")
    person = colleagues.exclude(pk__in=[case.key_worker_id, case.coordinator_id]).first()
    if person:
        why, at = "A neighbour and friend of the family", run.now - timedelta(days=20)
        Exclusion.objects.create(child=case.child, person=person, reason=why, recorded_by=by, recorded_at=at)


def _open_in_emergency(case: Involvement, run: Run) -> None:
    """As `people.services.open_in_emergency`, by a practitioner without sight; its notices were read long ago."""
    knowing = case.child.team_grants.values("group_id")
    others = User.objects.filter(roles__contains=[Role.PRACTITIONER], is_active=True).exclude(groups__in=knowing)
    if person := others.order_by("pk").first():
        at = run.now - timedelta(days=2)
        why = "She came to our drop-in at night, hurt, and would not say where she is staying"
        until = at + timedelta(hours=2)
        made = Emergency.objects.create(child=case.child, person=person, reason=why, opened_at=at, until=until)
        Notice.objects.filter(key__startswith=f"emergency:{made.pk}:").delete()
