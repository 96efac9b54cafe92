"""domain.md 3: the ladder, the floor, and the sentence why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskassessment import rules
from riskassessment.rules import Finding, Group, Level, Presence

RULE = {
    "version": "1",
    "ladder": [
        {"level": "SERIOUS", "any_of": [{"group": "serious", "presence": "current", "count": 1}]},
        {
            "level": "SIGNIFICANT",
            "any_of": [
                {"group": "serious", "presence": "historic", "count": 1},
                {"group": "significant", "presence": "current", "count": 1},
            ],
        },
        {"level": "AT_RISK", "any_of": [{"group": "significant", "presence": "historic", "count": 1}]},
    ],
    "otherwise": "NO_CURRENT_RISK",
    "floor": {"level": "SIGNIFICANT", "under_age": 13, "or_learning_disability": True},
}
TODAY = date(2026, 11, 23)
TEENAGER = date(2011, 1, 1)


def finding(group: Group, presence: Presence, code: str = "X") -> Finding:
    return Finding(code, group, f"indicator {code}", presence)


def level(*findings: Finding, born: date | None = TEENAGER, disability: bool | None = False) -> Level:
    return rules.suggest(RULE, findings, born=born, learning_disability=disability, on=TODAY).level


class TestSuggest:
    @pytest.mark.parametrize(
        ("group", "presence", "expected"),
        [
            (Group.SERIOUS, Presence.CURRENT, Level.SERIOUS),
            (Group.SERIOUS, Presence.HISTORIC, Level.SIGNIFICANT),
            (Group.SIGNIFICANT, Presence.CURRENT, Level.SIGNIFICANT),
            (Group.SIGNIFICANT, Presence.HISTORIC, Level.AT_RISK),
            (Group.SERIOUS, Presence.NO, Level.NO_CURRENT_RISK),
            (Group.SERIOUS, Presence.NOT_KNOWN, Level.NO_CURRENT_RISK),
        ],
    )
    def test_one_indicator(self, group: Group, presence: Presence, expected: Level) -> None:
        assert level(finding(group, presence)) is expected

    def test_nothing_answered_is_no_current_risk(self) -> None:
        assert level() is Level.NO_CURRENT_RISK

    def test_a_child_under_13_with_any_indicator_is_at_least_significant(self) -> None:
        historic = finding(Group.SIGNIFICANT, Presence.HISTORIC)
        assert level(historic, born=date(2013, 11, 24)) is Level.SIGNIFICANT
        assert level(historic, born=date(2013, 11, 23)) is Level.AT_RISK  # thirteen today

    def test_a_learning_disability_with_any_indicator_is_at_least_significant(self) -> None:
        assert level(finding(Group.SIGNIFICANT, Presence.HISTORIC), disability=True) is Level.SIGNIFICANT

    def test_the_floor_needs_an_indicator(self) -> None:
        assert level(born=date(2020, 1, 1), disability=True) is Level.NO_CURRENT_RISK

    def test_the_floor_never_lowers(self) -> None:
        assert level(finding(Group.SERIOUS, Presence.CURRENT), born=date(2020, 1, 1)) is Level.SERIOUS

    def test_an_unknown_birthday_is_no_floor(self) -> None:
        assert level(finding(Group.SIGNIFICANT, Presence.HISTORIC), born=None) is Level.AT_RISK

    def test_what_is_described_outside_the_lists_reaches_the_floor_and_no_rung(self) -> None:
        def described(born: date) -> rules.Suggestion:
            return rules.suggest(RULE, [], born=born, learning_disability=None, on=TODAY, other_described=True)

        assert described(date(2016, 1, 1)).level is Level.SIGNIFICANT
        assert described(TEENAGER).level is Level.NO_CURRENT_RISK
        assert "judge it yourself" in described(TEENAGER).because

    def test_says_why_in_one_sentence(self) -> None:
        found = [finding(Group.SERIOUS, Presence.CURRENT, "S1"), finding(Group.SERIOUS, Presence.CURRENT, "S2")]
        suggestion = rules.suggest(RULE, found, born=TEENAGER, learning_disability=None, on=TODAY)
        assert suggestion.because == (
            "SERIOUS because: 2 Serious indicators are current: “indicator S1”; “indicator S2”."
        )
        assert suggestion.rule_version == "1"

    def test_a_set_may_raise_its_counts(self) -> None:
        three = {"level": "SIGNIFICANT", "any_of": [{"group": "significant", "presence": "current", "count": 3}]}
        rule = RULE | {"ladder": [three]}
        two = [finding(Group.SIGNIFICANT, Presence.CURRENT, str(n)) for n in range(2)]
        suggestion = rules.suggest(rule, two, born=TEENAGER, learning_disability=None, on=TODAY)
        assert suggestion.level is Level.NO_CURRENT_RISK
        assert "fewer than this set asks for" in suggestion.because
        enough = [*two, finding(Group.SIGNIFICANT, Presence.CURRENT, "c")]
        assert rules.suggest(rule, enough, born=TEENAGER, learning_disability=None, on=TODAY).level is Level.SIGNIFICANT

    @given(
        st.lists(st.builds(finding, st.sampled_from(list(Group)), st.sampled_from(list(Presence))), max_size=27),
        st.builds(finding, st.sampled_from(list(Group)), st.sampled_from(list(Presence))),
    )
    def test_one_more_answer_never_lowers_the_level(self, findings: list[Finding], more: Finding) -> None:
        assert level(*findings, more) >= level(*findings)
