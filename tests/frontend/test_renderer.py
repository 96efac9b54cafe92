"""What a field looks like on the page, read as the page's tree."""

import datetime as dt
from typing import Any

import html5lib
import pytest
from django import forms
from lxml.etree import _Element

from frontend import moulds
from frontend.fields import (
    CheckboxesField,
    DateField,
    FileField,
    LongTextField,
    Look,
    RadiosField,
    Reveal,
    SelectField,
    TextField,
    WholeNumberField,
    YesNoField,
)
from frontend.forms import Form

ANSWERS = [("no", "No"), ("current", "Current"), ("historic", "Historic"), ("unknown", "Not known")]


class Sample(Form):
    name = TextField("Child's full name", look=Look(width="20", autocomplete="off", size="m", page_heading=True))
    born_on = DateField("Date of birth", when="past", hint="For example, 27 3 2012")
    answer = RadiosField(
        "Going missing",
        choices=ANSWERS,
        look=Look(
            item_hints={"current": "Within 6 months"}, reveal=Reveal(("current", "historic"), ("evidence", "seen_on"))
        ),
    )
    evidence = LongTextField("Evidence", look=Look(count=True))
    seen_on = DateField("Date seen", when="past")
    received = CheckboxesField(
        "What was received?",
        required=False,
        choices=[("m", "Money"), ("n", "None of these")],
        look=Look(none_of_these="n"),
    )
    danger = YesNoField("Is the child in danger?", required=False)
    agency = SelectField("Agency", required=False, choices=[("", "Any"), ("p", "Police")])
    age = WholeNumberField("Age", required=False, look=Look(width="3", suffix="years"))
    document = FileField("Document", required=False)


TODAY = dt.date(2026, 11, 23)
WRONG = {"name": '<b>"A"\x00', "born_on-day": "3", "answer": "current", "evidence": "\nfirst <line>"}


def tree(html: str) -> _Element:
    page: _Element = html5lib.parse(str(html), treebuilder="lxml", namespaceHTMLElements=False)
    return page


def one(html: str, path: str) -> _Element:
    found = tree(html).xpath(path)
    assert len(found) == 1, f"{path} is there {len(found)} times"
    return found[0]


def words(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture
def wrong() -> Sample:
    return Sample(WRONG, today=TODAY)


class TestDrawField:
    def test_a_label_can_be_the_page_heading(self) -> None:
        heading = one(Sample()["name"].as_field_group(), "//h1")
        assert words(heading) == "Child's full name"

    def test_what_was_typed_is_shown_escaped_and_without_the_nul(self, wrong: Sample) -> None:
        assert one(wrong["name"].as_field_group(), "//input").get("value") == '<b>"A"\ufffd'

    def test_a_first_line_end_survives_in_a_textarea(self, wrong: Sample) -> None:
        assert one(wrong["evidence"].as_field_group(), "//textarea").text == "\nfirst <line>"

    def test_nothing_typed_shows_nothing(self) -> None:
        assert "None" not in str(Sample()).replace("None of these", "")

    def test_the_error_is_tied_to_its_input(self, wrong: Sample) -> None:
        html = wrong["name"].as_field_group()
        error = one(html, "//p[@class='govuk-error-message']")
        assert words(error).startswith("Error: Child's full name contains a character")
        assert error.get("id") in one(html, "//input").get("aria-describedby")

    def test_only_the_wrong_boxes_of_a_date_are_marked(self, wrong: Sample) -> None:
        marked = tree(wrong["born_on"].as_field_group()).xpath("//input[contains(@class, 'govuk-input--error')]/@name")
        assert marked == ["born_on-month", "born_on-year"]

    def test_a_date_shows_its_initial_value(self) -> None:
        form = Sample(initial={"born_on": dt.date(2012, 3, 27)})
        boxes = tree(form["born_on"].as_field_group()).xpath("//input/@value")
        assert boxes == ["27", "3", "2012"]

    def test_an_optional_field_says_so(self) -> None:
        assert words(one(Sample()["agency"].as_field_group(), "//label")) == "Agency (optional)"

    def test_none_of_these_stands_apart(self) -> None:
        html = Sample()["received"].as_field_group()
        assert words(one(html, "//div[@class='govuk-checkboxes__divider']")) == "or"
        assert one(html, "//input[@value='n']").get("data-behaviour") == "exclusive"

    def test_numbers_are_typed_into_text_boxes_with_a_number_pad(self) -> None:
        box = one(Sample()["age"].as_field_group(), "//input")
        assert (box.get("type"), box.get("inputmode")) == ("text", "numeric")

    def test_a_library_s_plain_fields_are_drawn_too(self) -> None:
        class Plain(forms.Form):
            password = forms.CharField(widget=forms.PasswordInput)
            agree = forms.BooleanField(label="I agree")
            number = forms.IntegerField(initial=7)

        html = str(Plain({"password": "secret", "agree": "on", "number": "x"}))
        assert "secret" not in html
        assert one(html, "//input[@type='checkbox']").get("checked") is not None
        assert one(html, "//input[@name='number']").get("value") == "x"

    def test_a_widget_without_a_macro_is_refused(self) -> None:
        class Odd(forms.Form):
            moment = forms.SplitDateTimeField()

        with pytest.raises(TypeError, match="SplitDateTimeWidget"):
            Odd()["moment"].as_field_group()


class TestReveal:
    def test_the_revealed_fields_are_drawn_once_after_their_question(self) -> None:
        html = str(Sample())
        assert len(tree(html).xpath("//textarea[@name='evidence']")) == 1
        group = one(html, "//div[@class='app-reveal-group']")
        assert group.xpath("./div[@class='app-reveal']//@name") == [
            "evidence",
            "seen_on-day",
            "seen_on-month",
            "seen_on-year",
        ]
        assert group.xpath(".//input[@data-reveals]/@value") == ["current", "historic"]

    def test_no_aria_expanded_is_needed(self) -> None:
        assert "aria-controls" not in str(Sample())
        assert "aria-expanded" not in str(Sample())

    def test_a_revealed_field_is_required(self, wrong: Sample) -> None:
        assert wrong.errors["seen_on"] == ["Enter date seen"]

    @pytest.mark.parametrize("answer", ["no", "unknown", "", "elsewhere"])
    def test_a_hidden_field_is_neither_checked_nor_kept(self, answer: str) -> None:
        form = Sample({"answer": answer, "evidence": "x" * 9000, "seen_on-day": "77"}, today=TODAY)
        form.full_clean()
        assert not {"evidence", "seen_on"} & form.errors.keys()
        assert (form.cleaned_data["evidence"], form.cleaned_data["seen_on"]) == ("", None)

    def test_what_hides_a_question_hides_what_it_reveals(self) -> None:
        class Nested(Form):
            a = YesNoField("A", look=Look(reveal=Reveal(("yes",), ("b",))))
            b = YesNoField("B", look=Look(reveal=Reveal(("yes",), ("c",))))
            c = TextField("C")

        assert Nested({"a": "no", "b": "yes", "c": "kept?"}).unrevealed() == {"b", "c"}
        assert Nested({"a": "no", "b": "yes"}).is_valid()
        assert Nested({"a": "yes", "b": "yes"}).errors == {"c": ["Enter C"]}


class TestErrorSummary:
    def test_links_each_sentence_to_the_first_box_to_mend(self, wrong: Sample) -> None:
        links = {words(link): link.get("href") for link in tree(wrong.error_summary()).xpath("//a")}
        assert links["Date of birth must include a month and year"] == "#id_born_on-month"
        assert links["Enter date seen"] == "#id_seen_on-day"
        ids = tree(str(wrong)).xpath("//@id")
        assert {href[1:] for href in links.values()} <= set(ids)

    def test_a_refusal_of_the_whole_form_has_no_link(self, wrong: Sample) -> None:
        wrong.add_error(None, "This child is already recorded as returned.")
        first = tree(wrong.error_summary()).xpath("//li")[0]
        assert words(first) == "This child is already recorded as returned."
        assert not first.xpath(".//a")

    def test_is_empty_when_nothing_is_wrong(self) -> None:
        assert Sample().error_summary() == ""


class TestMoulds:
    def test_the_same_question_filled_twice_keeps_nothing_of_the_first(self) -> None:
        first = str(Sample({"name": "Amina"}, today=TODAY)["name"].as_field_group())
        second = str(Sample({"name": "Bryony"}, today=TODAY)["name"].as_field_group())
        assert "Amina" in first
        assert "Amina" not in second
        assert not any("Amina" in repr(entry) for entry in moulds._moulds.items())

    def test_text_marked_as_html_is_not_taken_for_the_same_text_that_is_not(self) -> None:
        from django.utils.safestring import SafeString

        def draw(text: Any) -> str:
            return str(moulds.fill("govukInsetText", {"text": text}))

        assert "<b>x</b>" in draw(SafeString("<b>x</b>"))
        assert "&lt;b&gt;" in draw("<b>x</b>")

    def test_every_hole_must_be_filled(self) -> None:
        with pytest.raises(ValueError, match="1 holes for 0 texts"):
            moulds.fill("govukInsetText", {"text": moulds.HOLE})

    def test_forgets_when_there_are_too_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(moulds, "_LIMIT", 3)
        for number in range(10):
            moulds.fill("govukInsetText", {"text": f"Different {number}"})
        assert len(moulds._moulds) <= 3
