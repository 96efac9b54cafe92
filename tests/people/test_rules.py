"""Age, identifiers, names, and what makes two records look alike (domain.md 8, 20, Standards)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn

from people import rules
from people.rules import Particulars, Reason, why_alike

BORN = date(2012, 3, 27)
AMY = Particulars(given_name="Amy", family_name="Jones", date_of_birth=BORN)
names = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=20)


def changed(**values: Any) -> Particulars:
    return Particulars(**{"given_name": "Amy", "family_name": "Jones", "date_of_birth": BORN, **values})


def reasons(one: Particulars, other: Particulars) -> list[Reason]:
    return [why.reason for why in why_alike(one, other)]


class TestAge:
    @pytest.mark.parametrize(
        ("born", "day", "age"),
        [
            (date(2008, 11, 23), date(2026, 11, 22), 17),
            (date(2008, 11, 23), date(2026, 11, 23), 18),
            (date(2012, 2, 29), date(2025, 2, 28), 12),
            (date(2012, 2, 29), date(2025, 3, 1), 13),
            (date(2026, 11, 23), date(2026, 11, 23), 0),
        ],
    )
    def test_counts_completed_years(self, born: date, day: date, age: int) -> None:
        assert rules.age_on(born, day) == age

    @given(st.dates(date(1990, 1, 1), date(2026, 1, 1)), st.integers(0, 40 * 365))
    def test_grows_by_one_on_each_birthday_and_on_no_other_day(self, born: date, days: int) -> None:
        day = born + timedelta(days=days)
        grown = rules.age_on(born, day + timedelta(days=1)) - rules.age_on(born, day)
        next_day = day + timedelta(days=1)
        birthday = (next_day.month, next_day.day) == (born.month, born.day)
        leap = (born.month, born.day) == (2, 29) and (next_day.month, next_day.day) == (3, 1)
        leap = leap and (day.month, day.day) == (2, 28)
        assert grown == (1 if birthday or leap else 0)


class TestBirthDateProblem:
    TODAY = date(2026, 11, 23)

    @pytest.mark.parametrize(
        ("born", "sentence"),
        [
            (date(2026, 11, 24), "must be in the past"),
            (date(2008, 11, 23), "18 or over"),
            (date(2007, 1, 1), "18 or over"),
        ],
    )
    def test_is_a_sentence(self, born: date, sentence: str) -> None:
        assert sentence in str(rules.birth_date_problem(born, self.TODAY))

    @pytest.mark.parametrize("born", [date(2008, 11, 24), date(2026, 11, 23)])
    def test_is_none_for_a_child(self, born: date) -> None:
        assert rules.birth_date_problem(born, self.TODAY) is None


class TestNhsNumber:
    @pytest.mark.parametrize(
        "typed", ["9434765919", "943 476 5919", "943-476-5919", " 943 476 5919 ", "\uff19434765919"]
    )
    def test_is_ten_digits(self, typed: str) -> None:
        assert rules.clean_nhs_number(typed) == "9434765919"

    def test_a_test_number_is_accepted(self) -> None:
        assert rules.clean_nhs_number("999 000 0018") == "9990000018"

    @pytest.mark.parametrize(
        "typed", ["0000000000", "1111111111", "9434765918", "943476591", "94347659190", "", "NHS number"]
    )
    def test_refuses_with_a_sentence(self, typed: str) -> None:
        with pytest.raises(ValueError, match="NHS number"):
            rules.clean_nhs_number(typed)

    @given(st.integers(0, 999_999_999))
    def test_accepts_exactly_the_numbers_whose_check_digit_is_right(self, stem: int) -> None:
        digits = f"{stem:09d}"
        check = (11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11) % 11
        for last in "0123456789":
            number = digits + last
            if int(last) == check and len(set(number)) > 1:
                assert rules.clean_nhs_number(number) == number
            else:
                with pytest.raises(ValueError, match="NHS number"):
                    rules.clean_nhs_number(number)


class TestUpn:
    @pytest.mark.parametrize("authority", ["336", "332", "838", "839", "940", "941", "942", "943"])
    def test_of_every_authority_is_accepted(self, authority: str) -> None:
        body = f"{authority}200012345"
        number = upn.calc_check_digit(body) + body
        assert rules.clean_upn(number.lower()) == number

    @pytest.mark.parametrize(
        "typed", ["A336200012345", "336200012345", "", "I336200012345", "AAAAAAAAAAAAA", "x" * 500, "A99920001234É"]
    )
    def test_refuses_with_a_sentence(self, typed: str) -> None:
        with pytest.raises(ValueError, match="Unique pupil number"):
            rules.clean_upn(typed)

    @given(st.sampled_from(["336", "839", "943"]), st.integers(0, 99_999_999))
    def test_accepts_exactly_one_first_letter(self, authority: str, rest: int) -> None:
        body = f"{authority}2{rest:08d}"
        letters = "ABCDEFGHJKLMNPQRTUVWXYZ"  # pragma: allowlist secret
        accepted = [letter for letter in letters if accepts(letter + body)]
        assert accepted == [upn.calc_check_digit(body)]


def accepts(number: str) -> bool:
    try:
        return rules.clean_upn(number) == number
    except ValueError:
        return False


class TestName:
    @pytest.mark.parametrize(
        "name",
        [
            "Amy",
            "Anne-Marie",
            "O'Neill",
            "O’Neill",
            "St. John",
            "José",
            "Łukasz",
            "محمد",
            "ਗੁਰਪ੍ਰੀਤ",
            "美咲",
            "Nguyễn Thị",
        ],
    )
    def test_of_any_script_is_kept(self, name: str) -> None:
        assert rules.clean_name(name) == name

    @pytest.mark.parametrize("name", ["Amy 🙂", "🙂", "Amy2", "Amy <b>", "@amy", "Amy_Jones", "Amy\x00", "1️⃣", "👍🏽"])
    def test_refuses_what_is_no_letter(self, name: str) -> None:
        with pytest.raises(ValueError, match="must only include letters"):
            rules.clean_name(name)

    @pytest.mark.parametrize("name", ["-", "'", ". ."])
    def test_needs_a_letter(self, name: str) -> None:
        with pytest.raises(ValueError, match="must include a letter"):
            rules.clean_name(name)

    @pytest.mark.parametrize("name", ["\ufdfa" * 30, "\ufb03" * 80])
    def test_refuses_what_becomes_a_long_text_when_folded(self, name: str) -> None:
        with pytest.raises(ValueError, match="is too long"):
            rules.clean_name(name)

    def test_is_composed_and_single_spaced(self) -> None:
        assert rules.clean_name("  Jose\u0301 \t Luis\n") == "José Luis"

    @given(st.text(max_size=60))
    def test_cleaning_twice_changes_nothing(self, text: str) -> None:
        try:
            once = rules.clean_name(text)
        except ValueError:
            return
        assert rules.clean_name(once) == once


class TestWhyAlike:
    @pytest.mark.parametrize(
        ("other", "reason"),
        [
            (Particulars(nhs_number="9434765919"), Reason.NHS_NUMBER),
            (Particulars(upn="A1"), Reason.UPN),
            (changed(), Reason.NAME_AND_BIRTH),
            (changed(given_name="AMY", family_name="jones"), Reason.NAME_AND_BIRTH),
            (changed(given_name="Jones", family_name="Amy"), Reason.NAME_AND_BIRTH),
            (changed(family_name="Johns"), Reason.SIMILAR_AND_BIRTH),
            (changed(given_name="Amie", date_of_birth=date(2012, 11, 2)), Reason.SIMILAR_AND_NEAR_BIRTH),
            (changed(date_of_birth=date(2012, 11, 2)), Reason.SIMILAR_AND_NEAR_BIRTH),
            (changed(date_of_birth=None), Reason.NAME_BIRTH_UNKNOWN),
            (Particulars("Amelia", "Jones", BORN, aliases=("amy",)), Reason.ALIAS),
            (Particulars("Amelia", "Shah", None, aliases=("Amy Jones",)), Reason.ALIAS),
        ],
    )
    def test_says_why(self, other: Particulars, reason: Reason) -> None:
        one = changed(nhs_number="9434765919", upn="A1")
        assert reason in reasons(one, other)
        assert reason in reasons(other, one)

    def test_names_the_alias(self) -> None:
        other = Particulars("Amelia", "Jones", BORN, aliases=("Ames", "Amy"))
        assert "Also known as Amy" in [why.sentence for why in why_alike(AMY, other)]

    def test_swapped_day_and_month(self) -> None:
        one, other = changed(date_of_birth=date(2012, 3, 4)), changed(date_of_birth=date(2012, 4, 3))
        assert reasons(one, other) == [Reason.NAME_AND_SWAPPED_BIRTH]

    def test_accents_do_not_matter(self) -> None:
        assert reasons(Particulars("José", "García", BORN), Particulars("Jose", "Garcia", BORN)) == [
            Reason.NAME_AND_BIRTH
        ]

    @pytest.mark.parametrize(
        "other",
        [
            Particulars(),
            changed(date_of_birth=date(2015, 3, 27)),
            changed(given_name="Zoltan", family_name="Kovacs"),
            Particulars("Zoltan", "Kovacs", date(2001, 1, 1), aliases=("Amy",)),
            changed(given_name="Bob", date_of_birth=date(2012, 9, 1)),
        ],
    )
    def test_nothing_in_common_is_no_reason(self, other: Particulars) -> None:
        assert reasons(AMY, other) == []

    def test_unknown_numbers_are_not_the_same_number(self) -> None:
        assert reasons(Particulars("Amy", nhs_number=None, upn=""), Particulars("Bo", nhs_number=None, upn="")) == []

    @given(names, names, names, names, st.dates(), st.dates())
    def test_it_is_mutual(self, a: str, b: str, c: str, d: str, born: date, other_born: date) -> None:
        one, other = Particulars(a, b, born), Particulars(c, d, other_born)
        assert reasons(one, other) == reasons(other, one)

    @given(names, names, st.dates())
    def test_the_strongest_comes_first(self, given_name: str, family_name: str, born: date) -> None:
        one = Particulars(given_name, family_name, born, nhs_number="9434765919", upn="A1")
        assert reasons(one, one)[:2] == [Reason.NHS_NUMBER, Reason.UPN]


class TestLikeness:
    @given(names, names)
    def test_is_mutual_and_between_nought_and_one(self, one: str, other: str) -> None:
        assert rules.likeness(one, other) == rules.likeness(other, one)
        assert 0 <= rules.likeness(one, other) <= 1

    def test_word_order_does_not_matter(self) -> None:
        assert rules.likeness("Amy Jones", "Jones, Amy") == 1


class TestWhyFound:
    HELD = Particulars("Amelia", "Jones-Shah", BORN)

    @pytest.mark.parametrize(
        ("terms", "reason"),
        [
            (Particulars("Amelia", "Jones-Shah"), Reason.SAME_NAME),
            (Particulars(family_name="jones"), Reason.PART_OF_NAME),
            (Particulars("Ame"), Reason.PART_OF_NAME),
            (Particulars("Amelie", "Jones"), Reason.SIMILAR_NAME),
            (Particulars(date_of_birth=BORN), Reason.BIRTH),
        ],
    )
    def test_says_why(self, terms: Particulars, reason: Reason) -> None:
        assert [why.reason for why in rules.why_found(terms, self.HELD)] == [reason]

    def test_a_name_with_another_date_is_not_found(self) -> None:
        assert rules.why_found(Particulars("Amelia", "Jones-Shah", date(2010, 1, 1)), self.HELD) == ()

    def test_a_nameless_record_is_not_found_by_name(self) -> None:
        assert rules.why_found(Particulars("Amy"), Particulars()) == ()


class TestSwapped:
    @given(st.dates())
    def test_twice_is_the_same_day(self, day: date) -> None:
        other = rules.swapped(day)
        assert other is None or rules.swapped(other) == day
