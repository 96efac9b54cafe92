"""The figures that the database counts equal a recount in plain Python, and its lists equal its figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import deadlines.services
from accounts.models import Team, User
from deadlines.rules import Kind
from figures.rules import Period
from missing.figures import Figures, Measure
from missing.models import Episode, Interview
from missing.rules import EpisodeType, InterviewStatus
from missing.selectors import counting, figures
from missing.selectors.counting import Asked
from tests import factories

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)
THREE_DAYS = timedelta(seconds=72 * 60 * 60)
LONG_AFTER = datetime(2028, 1, 1, tzinfo=UTC)
CLOCKS_CHANGE = [datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)]
STATUSES = [status for status in InterviewStatus if status != InterviewStatus.VOID]
DAYS = st.integers(-6, 12)


@dataclass(frozen=True)
class Told:
    """One episode of a made-up child: hours since the one before, hours missing (None: still), and what followed."""

    gap: int
    hours: int | None
    kind: EpisodeType
    void: bool
    authority: str
    status: InterviewStatus | None
    held_after: timedelta
    with_the_one_before: bool


TOLD = st.builds(
    Told,
    gap=st.integers(1, 60),
    hours=st.one_of(st.integers(0, 60), st.integers(0, 60), st.none()),
    kind=st.sampled_from([EpisodeType.MISSING, EpisodeType.MISSING, EpisodeType.AWAY]),
    void=st.sampled_from([False, False, False, True]),
    authority=st.sampled_from(["336", "336", "332"]),
    status=st.sampled_from([None, *STATUSES, InterviewStatus.COMPLETED, InterviewStatus.COMPLETED]),
    held_after=st.one_of(
        st.sampled_from([THREE_DAYS, THREE_DAYS + timedelta(microseconds=1), THREE_DAYS - timedelta(microseconds=1)]),
        st.builds(lambda hours: hours * HOUR, st.integers(0, 120)),
    ),
    with_the_one_before=st.booleans(),
)


def write_down(children: Iterable[list[Told]], start: datetime, worker: User) -> list[Episode]:
    """The episodes, each child's one after the other; only the last can be open."""
    made = []
    for told in children:
        child, at, interview = factories.child(known_to=worker.team), start, None
        for number, one in enumerate(told):
            began = at + one.gap * HOUR
            still = one.hours is None and number == len(told) - 1
            returned = None if still else began + (one.hours or 1) * HOUR
            at = returned or began
            if returned is None or one.status is None:
                interview = None
            elif not (one.with_the_one_before and interview):
                interview = _interview(one, returned, child, worker)
            made.append(
                factories.episode(
                    child=child,
                    recorded_by=worker,
                    last_seen_at=began,
                    returned_at=returned,
                    episode_type=one.kind,
                    responsible_authority=one.authority,
                    voided_at=began if one.void else None,
                    interview=interview,
                )
            )
    return made


def _interview(one: Told, returned: datetime, child: object, worker: User) -> Interview:
    assert one.status
    values = {"status": one.status, "child": child, "recorded_by": worker}
    if one.status == InterviewStatus.COMPLETED:
        values |= {"conducted_at": returned + one.held_after, "conducted_offset": 0}
    return factories.interview(**values)


def recount(episodes: Iterable[Episode], first: date, last: date, now: datetime) -> Figures:
    """domain.md 16 once more, with nothing of ours: local dates and a loop."""
    start = datetime(first.year, first.month, first.day, tzinfo=LONDON).astimezone(UTC)
    after = last + timedelta(days=1)
    end = datetime(after.year, after.month, after.day, tzinfo=LONDON).astimezone(UTC)
    count = dict.fromkeys(("eligible", "offered", "accepted", "completed", "in_time", "due", "due_in_time"), 0)
    began: dict[int, int] = {}
    for episode in episodes:
        if episode.episode_type != "M" or episode.voided_at is not None:
            continue
        if start <= episode.last_seen_at < end:
            began[episode.child_id] = began.get(episode.child_id, 0) + 1
        if episode.returned_at is None or not start <= episode.returned_at < end:
            continue
        status = episode.interview.status if episode.interview else ""
        due = episode.returned_at + THREE_DAYS
        held = status == "completed"
        in_time = bool(held and episode.interview and episode.interview.conducted_at <= due)
        count["eligible"] += 1
        count["offered"] += status in ("offered", "declined", "accepted", "completed")
        count["accepted"] += status in ("accepted", "completed")
        count["completed"] += held
        count["in_time"] += in_time
        if due < end and due < now:
            count["due"] += 1
            count["due_in_time"] += in_time
    return Figures(**count, children=len(began), repeat=sum(1 for times in began.values() if times >= 2))


class TestAgainstARecount:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        children=st.lists(st.lists(TOLD, min_size=1, max_size=5), min_size=1, max_size=5),
        start=st.sampled_from(CLOCKS_CHANGE),
        days=st.tuples(DAYS, DAYS),
        now=st.one_of(st.none(), st.integers(0, 300)),
    )
    def test_the_tables_equal_it(
        self,
        worker: User,
        children: list[list[Told]],
        start: datetime,
        days: tuple[int, int],
        now: int | None,
    ) -> None:
        first, last = (start.date() + timedelta(days=day) for day in sorted(days))
        at = LONG_AFTER if now is None else start + now * HOUR
        with transaction.atomic():
            episodes = write_down(children, start, worker)
            found = figures.by_authority(Asked(Period(first, last), at))
            assert found.whole == recount(episodes, first, last, at)
            for line in found.lines:
                of_line = [each for each in episodes if each.responsible_authority == line.key]
                assert line.figures == recount(of_line, first, last, at)
                one = figures.by_authority(Asked(Period(first, last), at, authority=line.key))
                assert (one.whole, [each.key for each in one.lines]) == (line.figures, [line.key])
            self.the_lists_equal_the_figures(worker, Asked(Period(first, last), at), found.whole)
            transaction.set_rollback(True)

    def the_lists_equal_the_figures(self, worker: User, asked: Asked, whole: Figures) -> None:
        for measure in Measure:
            listed = figures.listed(worker, asked, measure)
            assert (listed.seen, listed.unseen) == (counting.behind(asked, measure).count(), 0)
            assert len(listed.page.rows) == min(listed.seen, 25)
            if measure not in {Measure.BEGAN, Measure.REPEATED}:
                assert listed.seen == getattr(whole, measure)
        repeated = {episode.child_id for episode in counting.behind(asked, Measure.REPEATED)}
        assert len(repeated) == whole.repeat
        children = figures.children(worker, asked).lines
        for name in ("eligible", "offered", "accepted", "completed", "in_time", "due", "due_in_time", "repeat"):
            assert sum(getattr(line, name) for _, line in children) == getattr(whole, name)


NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def asked(period: Period = NOVEMBER, **values: object) -> Asked:
    return Asked(period, LONG_AFTER, **values)  # type: ignore[arg-type]


def ended(returned_at: datetime, **values: object) -> Episode:
    return factories.episode(last_seen_at=returned_at - HOUR, returned_at=returned_at, **values)


def held(*episodes: Episode, at: datetime) -> Interview:
    return factories.interview(episodes=episodes, status=InterviewStatus.COMPLETED, conducted_at=at, conducted_offset=0)


class TestByAuthority:
    def test_is_one_statement(self, worker: User, at: datetime) -> None:
        ended(at)
        with CaptureQueriesContext(connection) as captured:
            figures.by_authority(asked())
        assert len(captured) == 1

    def test_is_empty_where_there_is_nothing(self, worker: User) -> None:
        found = figures.by_authority(asked())
        assert (found.lines, found.whole) == ([], Figures())

    def test_ours_stands_first_and_each_other_has_its_own_line(self, at: datetime) -> None:
        """domain.md 14."""
        for authority in ("332", "336", "330"):
            ended(at, responsible_authority=authority)
        assert [line.name for line in figures.by_authority(asked()).lines] == ["Wolverhampton", "Birmingham", "Dudley"]

    def test_midnight_belongs_to_the_day_that_begins(self) -> None:
        summer = Period(date(2026, 6, 1), date(2026, 6, 30))
        for moment in (datetime(2026, 5, 31, 23, tzinfo=UTC), datetime(2026, 6, 30, 23, tzinfo=UTC)):
            ended(moment)  # midnight of 1 June and of 1 July in London
        assert figures.by_authority(asked(summer)).whole.eligible == 1

    def test_an_interview_for_several_episodes_is_judged_against_each_ones_own_due_time(self) -> None:
        """domain.md 13."""
        child = factories.child()
        early = ended(datetime(2026, 11, 9, 12, tzinfo=UTC), child=child)
        late = ended(datetime(2026, 11, 11, 12, tzinfo=UTC), child=child)
        held(early, late, at=datetime(2026, 11, 13, 12, tzinfo=UTC))
        found = figures.by_authority(asked()).whole
        assert (found.completed, found.in_time, found.due, found.due_in_time) == (2, 1, 2, 1)

    def test_seventy_two_hours_are_real_hours_when_the_clocks_change(self) -> None:
        """domain.md 11: Friday 23 October 18:00 BST is due on Monday at 17:00 GMT."""
        returned = datetime(2026, 10, 23, 18, tzinfo=LONDON)
        held(ended(returned), at=datetime(2026, 10, 26, 17, tzinfo=LONDON))
        held(ended(returned), at=datetime(2026, 10, 26, 17, 1, tzinfo=LONDON))
        october = Period(date(2026, 10, 1), date(2026, 10, 31))
        assert figures.by_authority(asked(october)).whole.in_time == 1

    def test_a_corrected_return_changes_what_was_in_time(self) -> None:
        """domain.md 12: nothing but the return as it is known now decides."""
        episode = ended(datetime(2026, 11, 9, 12, tzinfo=UTC))
        held(episode, at=datetime(2026, 11, 12, 13, tzinfo=UTC))
        assert figures.by_authority(asked()).whole.in_time == 0
        Episode.objects.filter(pk=episode.pk).update(returned_at=datetime(2026, 11, 9, 14, tzinfo=UTC))
        assert figures.by_authority(asked()).whole.in_time == 1

    def test_what_was_never_offered_counts_against_us_once_it_is_due(self) -> None:
        """The strategy says "all"."""
        ended(datetime(2026, 11, 27, 23, 59, tzinfo=UTC))
        ended(datetime(2026, 11, 28, 0, tzinfo=UTC))  # due at the midnight with which December begins
        found = figures.by_authority(asked()).whole
        assert (found.eligible, found.offered, found.due, found.due_in_time) == (2, 0, 1, 0)

    def test_what_is_not_due_yet_has_not_been_missed(self) -> None:
        ended(datetime(2026, 11, 20, 12, tzinfo=UTC))
        before, after = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (11, 13))
        assert figures.by_authority(Asked(NOVEMBER, before)).whole.due == 0
        assert figures.by_authority(Asked(NOVEMBER, after)).whole.due == 1

    def test_two_records_of_one_child_are_one_child(self, at: datetime) -> None:
        """domain.md 20."""
        first = factories.child()
        second = factories.child(same_as=first)
        for child in (first, second):
            ended(at, child=child)
        found = figures.by_authority(asked()).whole
        assert (found.children, found.repeat) == (1, 1)

    def test_a_child_with_two_authorities_is_one_child_in_all(self, at: datetime) -> None:
        child = factories.child()
        ended(at, child=child, responsible_authority="336")
        ended(at - timedelta(days=2), child=child, responsible_authority="332")
        found = figures.by_authority(asked())
        assert [(line.figures.children, line.figures.repeat) for line in found.lines] == [(1, 0), (1, 0)]
        assert (found.whole.children, found.whole.repeat) == (1, 1)


class TestByTeam:
    @pytest.fixture
    def owed(self, team: Team, at: datetime) -> Episode:
        episode = ended(at)
        deadlines.services.start(
            Kind.RETURN_INTERVIEW, subject=episode, child=episode.child, started_at=at, owner_team=team
        )
        return episode

    def test_stands_under_the_team_that_owes_or_held_the_interview(self, team: Team, owed: Episode, at: Any) -> None:
        factories.episode()
        found = figures.by_team(asked(), dict(figures.teams()))
        assert [(line.name, line.figures.eligible, line.figures.children) for line in found.lines] == [
            (str(team), 1, 1),
            (figures.NOBODY_YET, 0, 1),
        ]
        deadlines.services.meet(Kind.RETURN_INTERVIEW, subject=owed, at=at)
        assert figures.by_team(asked(), {}).lines[0].figures == found.lines[0].figures

    def test_can_be_asked_for_one_team(self, team: Team, owed: Episode, stranger: User) -> None:
        ended(owed.returned_at)
        assert figures.by_authority(asked(team=team.pk)).whole.eligible == 1
        assert figures.by_authority(asked(team=stranger.team_id)).whole.eligible == 0


class TestListed:
    def test_shows_what_one_may_see_and_says_how_many_more_there_are(
        self, worker: User, stranger: User, at: datetime
    ) -> None:
        mine = ended(at, child=factories.child(known_to=worker.team))
        ended(at)
        found = figures.listed(worker, asked(), Measure.ELIGIBLE)
        assert (found.page.rows, found.seen, found.unseen) == ([mine], 1, 1)
        nothing = figures.listed(stranger, asked(), Measure.ELIGIBLE)
        assert (nothing.page.rows, nothing.seen, nothing.unseen) == ([], 0, 2)

    def test_turns_its_pages_by_key(self, worker: User, at: datetime) -> None:
        child = factories.child(known_to=worker.team)
        made = [ended(at - timedelta(hours=2 * number), child=child) for number in range(30)]
        first = figures.listed(worker, asked(), Measure.ELIGIBLE).page
        second = figures.listed(worker, asked(), Measure.ELIGIBLE, older=first.older).page
        assert [*first.rows, *second.rows] == made


class TestChildren:
    def test_shows_the_children_one_may_see_the_most_episodes_first(
        self, worker: User, stranger: User, at: datetime
    ) -> None:
        once, twice = (factories.child(known_to=worker.team) for _ in range(2))
        for child, hours in ((once, 1), (twice, 1), (twice, 5)):
            ended(at - hours * HOUR, child=child)
        ended(at)
        found = figures.children(worker, asked()).lines
        assert [(child, line.eligible, line.repeat) for child, line in found] == [(twice, 2, 1), (once, 1, 0)]
        assert figures.unseen_children(worker, asked()) == 1
        assert figures.children(stranger, asked()).lines == []
        assert figures.unseen_children(stranger, asked()) == 3

    def test_two_records_of_one_child_are_one_line_as_they_are_one_child_in_the_table(
        self, worker: User, stranger: User, at: datetime
    ) -> None:
        """Who sees one of them reads what stands on that one, and is not told of another child (domain.md 20)."""
        first = factories.child(known_to=worker.team)
        second = factories.child(known_to=worker.team, same_as=first, provisional=True)
        factories.let_know(second, stranger)
        for child, hours in ((first, 1), (second, 5), (second, 9)):
            ended(at - hours * HOUR, child=child)
        ((shown, line),) = figures.children(worker, asked()).lines
        assert (shown, line.eligible, line.repeat) == (first, 3, 1)
        whole = figures.by_authority(asked()).whole
        assert (whole.children, whole.repeat) == (line.children, line.repeat)
        assert [(child, of.eligible) for child, of in figures.children(stranger, asked()).lines] == [(second, 2)]
        assert figures.unseen_children(worker, asked()) == figures.unseen_children(stranger, asked()) == 0

    def test_turns_its_pages_by_key(self, worker: User, at: datetime) -> None:
        for number in range(27):
            child = factories.child(known_to=worker.team)
            for hours in range(1 + number % 3):
                ended(at - 3 * hours * HOUR, child=child)
        first = figures.children(worker, asked()).page
        second = figures.children(worker, asked(), older=first.older).page
        assert len({child.pk for child in (*first.rows, *second.rows)}) == 27
        assert figures.children(worker, asked(), newer=second.newer).page.rows == first.rows
