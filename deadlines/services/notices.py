"""Notices: telling people, what they have opened, and how they want to be told."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts import policy
from accounts.gate import command
from accounts.models import User
from accounts.roles import Permission
from deadlines.models import Deadline, Notice
from frontend import stored


def notify(
    recipients: Iterable[User],
    *,
    key: str,
    text: str,
    path: str,
    at: datetime,
    deadline: Deadline | None = None,
    urgent: bool = False,
    unopened: timedelta | None = None,
    origin: Notice | None = None,
) -> None:
    """Tell each recipient once per `key`, in the application and by e-mail; `text` names no child (domain.md 38).

    What is `urgent` waits for no daily digest. Left unopened for that long, the recipient's manager is told.
    """
    written = write(
        recipients, key=key, text=text, path=path, at=at, deadline=deadline, urgent=urgent, unopened=unopened
    )
    for notice in written:
        notice.origin = origin
    stored.insert_new(written)


def write(
    recipients: Iterable[User],
    *,
    key: str,
    text: str,
    path: str,
    at: datetime,
    deadline: Deadline | None = None,
    urgent: bool = False,
    unopened: timedelta | None = None,
) -> list[Notice]:
    """The same notices, not yet stored."""
    return [
        Notice(
            recipient=user,
            key=f"{key}:{user.pk}",
            text=text,
            path=path,
            deadline=deadline,
            created_at=at,
            escalate_at=at + unopened if unopened else None,
            in_digest=user.daily_digest and not urgent,
        )
        for user in recipients
    ]


@command(Permission.NOTICE_READ, on="notice")
def open_notice(*, by: User, at: datetime, notice: Notice) -> Notice:
    """Mark it as read by the one it is for; the first time counts."""
    notice.read_at = notice.read_at or at
    notice.save(update_fields=["read_at"])
    return notice


@command(Permission.NOTICE_READ)
def read_all(*, by: User, at: datetime, up_to: int) -> None:
    """Mark as read what this person was told up to the notice `up_to`: what came since has not been seen."""
    policy.visible(by, Notice).filter(read_at=None, pk__lte=up_to).update(read_at=at)
