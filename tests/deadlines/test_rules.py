"""Every clock, at the moments where clocks go wrong."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines import rules, services
from deadlines.rules import Kind

LONDON = ZoneInfo("Europe/London")


def due(kind: Kind, *local: int) -> datetime:
    started = datetime(*local, tzinfo=LONDON)  # type: ignore[arg-type, misc]
    return rules.due_at(kind, started, holidays=services.bank_holidays()).astimezone(LONDON)


class TestDueAt:
    @pytest.mark.parametrize(
        ("received", "day"),
        [
            ((2026, 11, 27, 16, 30), date(2026, 11, 30)),  # Friday to Monday
            ((2026, 12, 24, 9), date(2026, 12, 29)),  # Thursday before Christmas: Friday and Monday are holidays
            ((2026, 11, 28, 10), date(2026, 11, 30)),  # a Saturday is day 0
            ((2026, 11, 23, 0, 1), date(2026, 11, 24)),
            ((2026, 11, 23, 23, 59), date(2026, 11, 24)),
        ],
    )
    def test_mash_decides_by_the_end_of_the_next_working_day(self, received: tuple[int, ...], day: date) -> None:
        """domain.md 18."""
        end = due(Kind.MASH_DECISION, *received)
        assert (end.date(), end.hour, end.minute) == (day, 23, 59)

    @pytest.mark.parametrize(
        ("kind", "hours"), [(Kind.REFERRAL_RED, 4), (Kind.REFERRAL_AMBER, 24), (Kind.REFERRAL_GREEN, 72)]
    )
    def test_brag_clocks_run_real_hours_through_the_night_the_clocks_change(self, kind: Kind, hours: int) -> None:
        started = datetime(2026, 3, 28, 23, tzinfo=LONDON)
        end = rules.due_at(kind, started, holidays=())
        assert end - started.astimezone(UTC) == timedelta(hours=hours)

    @pytest.mark.parametrize(
        ("kind", "day"),
        [
            (Kind.REVIEW_SERIOUS, date(2026, 12, 30)),
            (Kind.REVIEW_SIGNIFICANT, date(2027, 2, 28)),
            (Kind.REVIEW_AT_RISK, date(2027, 5, 30)),
        ],
    )
    def test_reviews_run_calendar_months_clamped_to_the_month(self, kind: Kind, day: date) -> None:
        """domain.md 7: 30 November and three months is 28 February."""
        assert due(kind, 2026, 11, 30, 9).date() == day

    def test_the_day_is_londons_day(self) -> None:
        """Half past midnight in summer is the day before in UTC."""
        assert due(Kind.MASH_DECISION, 2026, 7, 1, 0, 30).date() == date(2026, 7, 2)

    def test_fifteen_working_days_to_the_conference(self) -> None:
        assert due(Kind.INITIAL_CONFERENCE, 2026, 12, 14, 9).date() == date(2027, 1, 7)

    @given(
        st.sampled_from([kind for kind in Kind if not isinstance(rules.CLOCKS[kind].runs_for, rules.AsAgreed)]),
        st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    )
    def test_nothing_is_due_before_it_starts(self, kind: Kind, started: datetime) -> None:
        assert rules.due_at(kind, started, holidays=services.bank_holidays()) > started


class TestTimeLeft:
    @pytest.mark.parametrize(
        ("left", "text"),
        [
            (timedelta(hours=5, minutes=12), "due in 5 h 12 m"),
            (timedelta(minutes=7), "due in 7 m"),
            (timedelta(days=3), "due in 3 days"),
            (timedelta(minutes=-40), "overdue by 40 m"),
            (timedelta(0), "due in 0 m"),
        ],
    )
    def test_says_it_for_a_person_who_glances(self, left: timedelta, text: str) -> None:
        now = datetime(2026, 11, 23, 12, tzinfo=UTC)
        assert rules.time_left(now + left, now) == text


class TestAddMonths:
    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
    def test_never_leaves_the_month_it_should_fall_in(self, day: date, months: int) -> None:
        later = rules.add_months(day, months)
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
        assert later.day <= day.day


class TestNextTry:
    def test_waits_longer_each_time_and_a_day_at_most(self) -> None:
        noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
        waits = [rules.next_try(noon, tries) - noon for tries in (1, 2, 3, 20, 10_000)]
        assert waits == [timedelta(minutes=minutes) for minutes in (2, 4, 8, 1440, 1440)]


class TestStages:
    @pytest.mark.parametrize("kind", list(Kind))
    def test_each_has_its_own_name_and_falls_while_the_promise_runs(self, kind: Kind) -> None:
        stages = rules.stages(rules.CLOCKS[kind])
        assert len({stage.name for stage in stages}) == len(stages)
        assert stages[-1].name == rules.BREACH
        assert stages == sorted(stages, key=lambda stage: stage.before, reverse=True)

    def test_the_interviews_fall_24_48_and_66_hours_after_the_return_and_at_the_breach(self) -> None:
        """domain.md 12."""
        returned = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
        due = rules.due_at(Kind.RETURN_INTERVIEW, returned, holidays=())
        falls = [stage.falls_at(due) - returned for stage in rules.stages(rules.CLOCKS[Kind.RETURN_INTERVIEW])]
        assert falls == [timedelta(hours=hours) for hours in (24, 48, 66, 72)]


class TestNextFire:
    def test_is_the_first_that_nobody_claimed(self) -> None:
        due, clock = datetime(2026, 11, 26, 12, tzinfo=UTC), rules.CLOCKS[Kind.RETURN_INTERVIEW]
        assert rules.next_fire(clock, due) == due - timedelta(hours=48)
        assert rules.next_fire(clock, due, claimed={"48h", "6h"}) == due - timedelta(hours=24)
        assert rules.next_fire(clock, due, claimed={"48h", "24h", "6h", "breach"}) is None


class TestLastDigest:
    @pytest.mark.parametrize(("hour", "minute", "day"), [(6, 59, 22), (7, 0, 23), (23, 59, 23), (0, 0, 22)])
    def test_is_seven_oclock_of_today_or_yesterday(self, hour: int, minute: int, day: int) -> None:
        at = datetime(2026, 11, 23, hour, minute, tzinfo=LONDON)
        assert rules.last_digest(at) == datetime(2026, 11, day, 7, tzinfo=LONDON)
