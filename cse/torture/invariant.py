"""What must be true whatever happened: the events are the moments that came, and each was told once.

Derived here a second time, from the table of promises and the rows of the deadlines alone.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from accounts.models import User
from accounts.roles import Permission, Role
from cse.torture.post_office import PostOffice
from deadlines.models import Deadline, Move, Notice, Stage
from deadlines.rules import BREACH, CLOCKS, Audience, Clock, Kind

Moment = tuple[int, str]
"""A deadline, and the name of one of its stages."""
Told = tuple[int, datetime, int]
"""A deadline, the sweep that spoke of it, and the person it spoke to."""


@dataclass
class Ledger:
    """What was owed and what was found, for some deadlines at one moment."""

    due: set[Moment] = field(default_factory=set)
    claimed: Counter[Moment] = field(default_factory=Counter)
    to_tell: Counter[Told] = field(default_factory=Counter)
    told: Counter[Told] = field(default_factory=Counter)
    to_post: Counter[str] = field(default_factory=Counter)
    posted: Counter[str] = field(default_factory=Counter)
    unposted: int = 0

    @property
    def lost(self) -> list[object]:
        """Moments that nobody claimed, people who were not told, e-mails that never left."""
        return [
            *(self.due - self.claimed.keys()),
            *(self.to_tell - self.told).elements(),
            *(self.to_post.keys() - self.posted.keys()),
        ]

    @property
    def doubled(self) -> list[object]:
        """Moments claimed twice or too early, people told twice or without a reason."""
        return [
            *(self.claimed - Counter(self.due)).elements(),
            *(self.told - self.to_tell).elements(),
        ]

    @property
    def emails_doubled(self) -> int:
        return (self.posted - self.to_post).total()

    @property
    def holds(self) -> bool:
        return not self.lost and not self.doubled and not self.unposted


def ledger(
    deadlines: Iterable[Deadline],
    *,
    at: datetime,
    office: PostOffice | None = None,
    clocks: Mapping[Kind, Clock] = CLOCKS,
    closed: Collection[datetime] = (),
) -> Ledger:
    """For these deadlines, as they and the rules are `at`; e-mails only where there was a post office.

    `closed` are moments at which some were closed that are open again: what was claimed then must fall again.
    """
    rows = {deadline.pk: deadline for deadline in deadlines}
    stages = list(Stage.objects.filter(deadline__in=rows).order_by("pk"))
    notices = list(Notice.objects.filter(deadline__in=rows, key__startswith="stage:"))
    found = Ledger(
        due=set(_due(rows, at, clocks)),
        claimed=Counter((stage.deadline_id, stage.name) for stage in stages if stage.withdrawn_at is None),
        to_tell=Counter(_to_tell(rows, _swept(rows, stages, notices, closed), clocks)),
        told=Counter((notice.deadline_id or 0, notice.created_at, notice.recipient_id) for notice in notices),
    )
    if office:
        found.to_post = Counter(f"notice-{notice.pk}" for notice in notices if not notice.in_digest)
        found.posted = _posted(office, found.to_post)
        found.unposted = sum(notice.sent_at is None for notice in notices if not notice.in_digest)
    return found


def _due(rows: Mapping[int, Deadline], at: datetime, clocks: Mapping[Kind, Clock]) -> Iterable[Moment]:
    """The moments that came while the promise was open: by now, or by when somebody closed it."""
    moved: dict[int, list[Move]] = defaultdict(list)
    for move in Move.objects.filter(deadline__in=rows).order_by("moved_at", "pk"):
        moved[move.deadline_id].append(move)
    for deadline in rows.values():
        until = deadline.met_at or deadline.voided_at or at
        later = (move.was_due_at for move in moved[deadline.pk] if move.moved_at > until)
        due_at = next(later, deadline.due_at)
        for name, before in moments(clocks[Kind(deadline.kind)]).items():
            if due_at - before <= until:
                yield deadline.pk, name


def moments(clock: Clock) -> dict[str, timedelta]:
    """How long before it is due each stage of a clock falls, by its name."""
    return {f"{int(before.total_seconds() // 3600)}h": before for before in clock.warns} | {BREACH: timedelta(0)}


def closed_at(deadline: Deadline) -> datetime | None:
    """When somebody said that it is over."""
    return deadline.recorded_at or deadline.voided_at


def _swept(
    rows: Mapping[int, Deadline], stages: Iterable[Stage], notices: Iterable[Notice], closed: Collection[datetime]
) -> Iterable[tuple[int, datetime, set[str]]]:
    """The names that each sweep noticed of each deadline. What was claimed in closing one is told nobody.

    A deadline that is moved while it is swept may be told of twice by one sweep: there the notices say where one time
    ended and the next began.
    """
    moved = set(Move.objects.filter(deadline__in=rows).values_list("deadline_id", flat=True))
    spoken = {int(notice.key.split(":")[1]) for notice in notices if notice.deadline_id in moved}
    swept: dict[tuple[int, datetime], set[str]] = defaultdict(set)
    for stage in stages:
        taken_back = stage.withdrawn_at is not None and stage.noticed_at in closed
        if taken_back or stage.noticed_at == closed_at(rows[stage.deadline_id]):
            continue
        key = stage.deadline_id, stage.noticed_at
        swept[key].add(stage.name)
        if stage.pk in spoken:
            yield *key, swept.pop(key)
    yield from ((*key, names) for key, names in swept.items())


def _to_tell(
    rows: Mapping[int, Deadline], swept: Iterable[tuple[int, datetime, set[str]]], clocks: Mapping[Kind, Clock]
) -> Iterable[Told]:
    """One notice for each deadline, sweep and person."""
    people = list(User.objects.filter(is_active=True).prefetch_related("groups"))
    for pk, noticed_at, names in swept:
        clock = clocks[Kind(rows[pk].kind)]
        tells = set(chain(*(clock.breach_tells if name == BREACH else clock.warning_tells for name in names)))
        for person in audience(rows[pk], tells, people):
            yield pk, noticed_at, person


def audience(deadline: Deadline, tells: Collection[Audience], people: Iterable[User]) -> set[int]:
    """Their keys. `people` are active, with their groups."""
    found = set()
    for person in people:
        roles = set(person.roles)
        in_team = any(group.pk == deadline.owner_team_id for group in person.groups.all())
        owns = person.pk == deadline.owner_id if deadline.owner_id else in_team
        if (
            (Audience.OWNER in tells and owns and Permission.CHILD_VIEW in person.permissions)
            or (Audience.MANAGER in tells and in_team and Role.TEAM_MANAGER in roles)
            or (Audience.COORDINATORS in tells and Role.CSE_COORDINATOR in roles)
            or (Audience.CMOG in tells and Role.CMOG_CHAIR in roles)
        ):
            found.add(person.pk)
    return found


def _posted(office: PostOffice, expected: Collection[str]) -> Counter[str]:
    """How often each notice's e-mail was accepted. One whose Message-ID is not its notice's counts for none."""
    posted: Counter[str] = Counter()
    for (message_id, _), times in office.accepted.copy().items():
        name = message_id.partition("@")[0]
        if name in expected:
            posted[name] += times
    return posted
