"""Opening a record in an emergency, ending that, and looking at it afterwards (domain.md 34, security.md 2)."""

from datetime import date, datetime

from django.db import connection

from accounts import policy
from accounts.gate import command
from accounts.models import GrantKind, User
from accounts.refusals import Refusal
from accounts.roles import Permission
from audit.acting import Beyond, beyond
from people import rules
from people.models import Child, Emergency

TOO_MANY = 0
"""What the database answers to who has tried too often."""


class TriedTooOften(Refusal):
    """Whoever guesses is stopped."""


class SeenAlready(Refusal):
    """The person sees the record as it is."""

    def __init__(self, child_pk: int) -> None:
        super().__init__("You can see this record already")
        self.child_pk = child_pk


class NothingToReview(Refusal):
    """It still runs, was reviewed, or was the reviewer's own."""


@command(Permission.RECORD_BREAK_GLASS)
def open_in_emergency(
    *,
    by: User,
    at: datetime,
    reason: str,
    hours: int,
    reference: int | None = None,
    nhs_number: str | None = None,
    upn: str | None = None,
    name: str = "",
    date_of_birth: date | None = None,
) -> Emergency | None:
    """See the record with exactly this identifier, or this name and date of birth, for so many hours.

    None where there is no such record, or one that this person is kept from: the answers are the same. Found, granted
    and told to its owner and to information governance by the database, by its own clock. Raises TriedTooOften and
    SeenAlready.
    """
    called = rules.search_key(name) if name and date_of_birth else None
    asked = [reference, nhs_number or None, upn or None, called, date_of_birth, reason, hours]
    with connection.cursor() as cursor:
        cursor.execute("select people_open_in_emergency(%s, %s, %s, %s, %s, %s, %s)", asked)
        [opened] = cursor.fetchone()
    if opened is None:
        return None
    if opened == TOO_MANY:
        raise TriedTooOften("You have tried too often. Call MASH, or try again in an hour")
    with beyond(Beyond.GOVERNANCE):  # a restricted record is hidden until the next transaction
        rows = Emergency.objects.filter(child_id=opened, person=by, ended_at=None, until__gt=at)
        if emergency := rows.order_by("-until").first():
            return emergency
    raise SeenAlready(opened)


@command(Permission.RECORD_BREAK_GLASS, on="child")
def end_emergency(*, by: User, at: datetime, child: Child) -> Child:
    """Give up what an emergency opened, before its time."""
    Emergency.objects.filter(child=child, person=by, ended_at=None, until__gt=at).update(ended_at=at)
    own = policy.user_grants().filter(content_object_id=child.pk, user=by, kind=GrantKind.BREAK_GLASS)
    own.filter(expires_at__gt=at).update(expires_at=at)
    return child


@command(Permission.SIGHT_GOVERN)
def review_emergency(*, by: User, at: datetime, pk: int, justified: bool, note: str) -> Emergency:
    """Say afterwards whether it was right to open the record. Raises NothingToReview."""
    with beyond(Beyond.GOVERNANCE):
        emergency = Emergency.objects.select_for_update().filter(pk=pk).exclude(person=by).first()
        if emergency is None or emergency.justified is not None or emergency.ends_at > at:
            raise NothingToReview("This has been reviewed, is still running, or is not yours to review")
        emergency.justified, emergency.review_note, emergency.reviewed_by, emergency.reviewed_at = (
            justified,
            note,
            by,
            at,
        )
        emergency.save(update_fields=["justified", "review_note", "reviewed_by", "reviewed_at"])
        return emergency
