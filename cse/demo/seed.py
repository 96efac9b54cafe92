"""Fills the database with the demonstration partnership and its history.

It works outside the gate on purpose: 100,000 children with their history in minutes need COPY, and one entry in the
log says that they were made up. The rows are those which the services would have left; a test compares the two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.db.models import Model

import audit.services
import missing.models
from accounts import selectors as people_and_teams
from accounts.models import Agency
from cse.demo import children, sight, staff
from cse.demo.history import tell
from cse.demo.plans import plans
from cse.demo.referral_rows import DiscussionAgency
from cse.demo.store import Store
from cse.demo.story import Run
from cse.demo.when import Calendar
from deadlines.models import Deadline, Notice, Stage
from deadlines.services import bank_holidays
from missing.models import AuthorityTold, Episode, Interview, InterviewAction, PreventionCheck, Share
from people.models import Child, ChildTeamGrant, ChildUserGrant, Involvement
from referrals.models import Check, Decision, GradeChange, NrmReferral, Referral, StrategyDiscussion
from riskassessment.models import Answer, IndicatorSet, Screening
from riskassessment.rules import Group

MODELS: tuple[type[Model], ...] = (
    Child,
    ChildTeamGrant,
    ChildUserGrant,
    Involvement,
    Answer,  # before the screenings, which then lock them
    Screening,
    Referral,
    GradeChange,
    Check,
    StrategyDiscussion,
    DiscussionAgency,
    Decision,
    NrmReferral,
    Interview,
    Episode,
    missing.models.GradeChange,
    PreventionCheck,
    InterviewAction,
    Share,
    AuthorityTold,
    Deadline,
    Stage,
    Notice,
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make. The same wishes on an empty database give the same rows."""

    children: int
    months: int
    seed: int
    now: datetime


def is_empty() -> bool:
    """Whether nobody has begun to use the database."""
    return not Agency.objects.exists() and not Child.objects.exists()


def seed(wanted: Wanted, *, progress: Progress) -> dict[str, int]:
    """Make it in one transaction and return the rows written, by table. `progress` hears how many children are done."""
    with transaction.atomic():
        run = _run(wanted)
        serial = run.store.number(Child) + 1
        done = 0
        stories = iter(plans(wanted.children, wanted.months, run.rng))
        for family in children.families(wanted.children, first_serial=serial, until=run.calendar.today, rng=run.rng):
            for child in family:
                tell(run, child, next(stories))
            done += len(family)
            run.store.flush_when_full()
            progress(done, wanted.children)
        run.store.finish()
        sight.tell(run)
        _remember(wanted, run.store.counts())
    _analyze()
    return run.store.counts()


def _run(wanted: Wanted) -> Run:
    calendar = Calendar(wanted.now, wanted.months, bank_holidays())
    indicator_set = IndicatorSet.objects.in_force(calendar.today)
    lines = list(indicator_set.indicators.order_by("group", "position"))
    return Run(
        store=Store(MODELS),
        rng=Random(wanted.seed),  # nosec B311 # noqa: S311 - made-up children need no secrecy
        staff=staff.load(joined_on=calendar.days[0]),
        calendar=calendar,
        indicator_set=indicator_set,
        indicators={line.code: line for line in lines},
        codes={group: [line.code for line in lines if line.group == group] for group in Group},
        view_child_id=Permission.objects.get(codename="view_child", content_type__app_label="people").pk,
        public_actor_id=people_and_teams.public_actor().pk,
    )


def _remember(wanted: Wanted, counts: dict[str, int]) -> None:
    audit.services.record(
        verb="cse.seed_demo",
        actor_id=people_and_teams.system_actor().pk,
        at=wanted.now,
        subject_type="",
        subject_id=None,
        child_id=None,
        reason=f"Made-up records: {wanted.children} children, {wanted.months} months, seed {wanted.seed}",
        after=counts,
    )


def _analyze() -> None:
    """Tell the planner what is there now, so that the first page is not planned for empty tables."""
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
