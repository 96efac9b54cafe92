"""Each mistake gets the sentence it deserves."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from frontend.fields import (
    CheckboxesField,
    DateField,
    DateParts,
    EmailField,
    FileField,
    LongTextField,
    Look,
    RadiosField,
    SelectField,
    TextField,
    TimeField,
    WholeNumberField,
    YesNoField,
)
from frontend.forms import Form

TODAY = dt.date(2026, 11, 23)
COLOURS = [("r", "Red"), ("g", "Green"), ("n", "None of these")]


def complaint(field: forms.Field, value: Any) -> str:
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(value)
    return str(caught.value.messages[0])


class TestTextField:
    def test_is_named_in_its_sentences_by_its_label(self) -> None:
        assert complaint(TextField("Full name"), " ") == "Enter full name"

    def test_is_named_by_its_noun_where_the_label_is_a_question(self) -> None:
        field = TextField("What is the child's name?", noun="the child's name", max_length=3)
        assert complaint(field, "") == "Enter the child's name"
        assert complaint(field, "Amina") == "The child's name must be 3 characters or fewer"

    def test_a_question_without_a_noun_still_makes_a_sentence(self) -> None:
        assert complaint(TextField("What happened?"), "") == "Enter an answer"

    def test_initials_keep_their_capitals(self) -> None:
        assert complaint(TextField("NHS number"), "") == "Enter NHS number"

    def test_refuses_fifty_thousand_characters(self) -> None:
        assert complaint(LongTextField("Evidence"), "x" * 50_000) == "Evidence must be 4,000 characters or fewer"

    def test_refuses_a_nul_character(self) -> None:
        sentence = "Evidence contains a character that cannot be saved. Type it again"
        assert complaint(LongTextField("Evidence"), "a\x00b") == sentence

    def test_keeps_emoji_and_counts_each_once(self) -> None:
        assert TextField("Nickname", max_length=2).clean("😀😀") == "😀😀"

    def test_counts_a_line_end_once(self) -> None:
        assert LongTextField("Evidence", max_length=3).clean("a\r\nb") == "a\nb"


class TestDateField:
    field = DateField("Date of birth", when="past")
    field.today = TODAY

    @pytest.mark.parametrize(
        ("typed", "sentence", "parts"),
        [
            (("", "", ""), "Enter date of birth", None),
            (("3", "", "2012"), "Date of birth must include a month", ("month",)),
            (("", "", "2012"), "Date of birth must include a day and month", ("day", "month")),
            (("32", "1", "2012"), "Date of birth must be a real date", ("day",)),
            (("one", "1", "2012"), "Date of birth must be a real date", ("day",)),
            (("1", "13", "2012"), "Date of birth must be a real date", ("month",)),
            (("1", "Juno", "2012"), "Date of birth must be a real date", ("month",)),
            (("31", "2", "2012"), "Date of birth must be a real date", ("day", "month", "year")),
            (("1", "2", "12"), "Year in date of birth must include 4 numbers", ("year",)),
            (("1", "2", "0000"), "Year in date of birth must include 4 numbers", ("year",)),
            (("1\x00", "2", "2012"), "Date of birth must be a real date", ("day",)),
            (("١", "2", "2012"), "Date of birth must be a real date", ("day",)),
            (("9" * 5000, "2", "2012"), "Date of birth must be a real date", ("day",)),
            (("24", "11", "2026"), "Date of birth must be today or in the past", ("day", "month", "year")),
            (("1", "1", "1899"), "Date of birth must be on or after 1 January 1900", ("day", "month", "year")),
        ],
    )
    def test_names_the_part_to_mend(self, typed: tuple[str, ...], sentence: str, parts: tuple[str, ...] | None) -> None:
        with pytest.raises(forms.ValidationError) as caught:
            self.field.clean(DateParts(*typed))
        error = caught.value
        assert error.messages == [sentence]
        assert ((error.params or {}).get("parts") if hasattr(error, "params") else None) == parts

    @pytest.mark.parametrize("month", ["3", "03", "mar", "March", "MAR.", "march"])
    def test_takes_a_month_by_number_or_name(self, month: str) -> None:
        assert self.field.clean(DateParts("7", month, "2012")) == dt.date(2012, 3, 7)

    def test_takes_today(self) -> None:
        assert self.field.clean(DateParts("23", "Nov", "2026")) == TODAY

    def test_the_future_may_be_asked_for(self) -> None:
        field = DateField("Next review", when="future")
        field.today = TODAY
        assert complaint(field, DateParts("22", "11", "2026")) == "Next review must be today or in the future"

    def test_does_not_look_at_the_clock(self) -> None:
        with pytest.raises(TypeError, match="must be given today="):
            DateField("Date of birth", when="past").clean(DateParts("1", "1", "2012"))

    def test_an_optional_date_may_be_empty_but_not_half_empty(self) -> None:
        field = DateField("Date", required=False)
        assert field.clean(DateParts()) is None
        assert complaint(field, DateParts(day="1")) == "Date must include a month and year"


class TestTimeField:
    @pytest.mark.parametrize(
        ("typed", "hour", "minute"),
        [
            ("14:30", 14, 30),
            ("2:30pm", 14, 30),
            ("2.30 p.m.", 14, 30),
            ("1430", 14, 30),
            ("2pm", 14, 0),
            ("12am", 0, 0),
            ("12:15pm", 12, 15),
            ("midday", 12, 0),
            ("Midnight", 0, 0),
            ("00:05", 0, 5),
        ],
    )
    def test_takes_what_people_write(self, typed: str, hour: int, minute: int) -> None:
        assert TimeField("Time").clean(typed) == dt.time(hour, minute)

    @pytest.mark.parametrize("typed", ["25:00", "14:60", "13pm", "0am", "14", "soon", "1:2", "14:30\x00", "٢:٣٠"])
    def test_refuses_the_rest(self, typed: str) -> None:
        assert complaint(TimeField("Time last seen"), typed) == "Time last seen must be a time, like 14:30 or 2:30pm"


class TestChoices:
    def test_others_may_be_offered_in_one_form_alone(self) -> None:
        class Painting(Form):
            colour = SelectField("Colour", choices=COLOURS)

        one, other = Painting({"colour": "b"}), Painting({"colour": "b"})
        one.offer("colour", [("b", "Blue")])
        assert (one.is_valid(), other.is_valid(), Painting({"colour": "r"}).is_valid()) == (True, False, True)

    def test_an_answer_of_another_form_is_refused(self) -> None:
        for field in (RadiosField("Colour", choices=COLOURS), SelectField("Colour", choices=COLOURS)):
            assert complaint(field, "") == "Select colour"
            assert complaint(field, "blue\x00") == "Select colour from the list"

    def test_none_of_these_excludes_the_others(self) -> None:
        field = CheckboxesField("Colours", choices=COLOURS, look=Look(none_of_these="n"))
        assert complaint(field, ["r", "n"]) == "Select colours, or select 'None of these'"
        assert field.clean(["n"]) == ["n"]
        assert field.clean(["r", "g"]) == ["r", "g"]

    def test_yes_and_no_are_true_and_false(self) -> None:
        field = YesNoField("Is the child safe?", noun="yes if the child is safe")
        assert field.clean("yes") is True
        assert field.clean("no") is False
        assert complaint(field, "") == "Select yes if the child is safe"
        assert YesNoField("Known?", required=False).clean("") is None


class TestTheRest:
    def test_a_whole_number_has_bounds(self) -> None:
        field = WholeNumberField("Age", max_value=120)
        assert field.clean(" 17 ") == 17
        assert complaint(field, "17½") == "Age must be a whole number"
        assert complaint(field, "-1") == "Age must be 0 or more"
        assert complaint(field, "1000") == "Age must be 120 or fewer"

    def test_an_email_address_is_asked_for_by_example(self) -> None:
        sentence = "Your email address must be in the correct format, like name@example.com"
        assert complaint(EmailField("Email", noun="your email address"), "name@") == sentence

    def test_an_empty_file_is_refused(self) -> None:
        assert complaint(FileField("Document"), SimpleUploadedFile("a.pdf", b"")) == "The selected file is empty"
