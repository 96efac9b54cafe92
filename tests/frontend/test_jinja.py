"""The environment of every page, and the components made with it."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.test import RequestFactory
from jinja2 import UndefinedError

from frontend import text

MOMENT = dt.datetime(2026, 11, 23, 9, 15, tzinfo=dt.UTC)


def draw(source: str, **context: Any) -> str:
    return str(engines["jinja2"].from_string(source).render(context))


class TestEnvironment:
    def test_a_misspelt_name_is_an_error_and_not_a_gap(self) -> None:
        with pytest.raises(UndefinedError):
            draw("{{ chlid }}")

    def test_the_design_system_needs_no_import_line(self) -> None:
        assert "govuk-button" in draw('{{ govukButton({"text": "Save & continue"}) }}')

    def test_text_is_escaped_once(self) -> None:
        html = draw('{{ govukInsetText({"text": name}) }}', name="<b>&amp;")
        assert "&lt;b&gt;&amp;amp;" in html

    def test_a_template_may_have_names_of_its_own(self) -> None:
        environment: Any = engines["jinja2"].env  # type: ignore[attr-defined]
        assert environment.from_string("{{ own }}", globals={"own": 1}).render() == "1"
        with pytest.raises(UndefinedError):
            environment.from_string("{{ own }}").render()

    def test_with_query_keeps_the_other_filters(self, rf: RequestFactory) -> None:
        request = rf.get("/queue/", {"grade": "red", "after": "5"})
        page = engines["jinja2"].from_string("{{ with_query(request, after=9) }} {{ with_query(request, after=none) }}")
        assert page.render(request=request).split() == ["/queue/?grade=red&amp;after=9", "/queue/?grade=red"]


class TestText:
    def test_dates_and_moments_are_read_in_london(self) -> None:
        summer = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
        assert text.date_in_words(summer) == "2 July 2026"
        assert text.moment_in_words(summer) == "2 July 2026 at 12:30am"
        assert text.moment_in_words(MOMENT) == "23 November 2026 at 9:15am"
        assert draw("{{ day|date }}", day=dt.date(2026, 11, 3)) == "3 November 2026"

    @pytest.mark.parametrize(
        ("hour", "words"),
        [
            (0, "25 October 2026 at 1:30am (summer time)"),
            (1, "25 October 2026 at 1:30am (winter time)"),
            (2, "25 October 2026 at 2:30am"),
        ],
    )
    def test_the_hour_that_comes_twice_says_which_it_is(self, hour: int, words: str) -> None:
        assert text.moment_in_words(dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC)) == words

    def test_twelve_is_said_in_words(self) -> None:
        assert text.time_in_words(dt.time(0)) == "midnight"
        assert text.time_in_words(dt.time(12)) == "midday"
        assert text.time_in_words(dt.time(12, 1)) == "12:01pm"
        assert text.time_in_words(dt.datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/London"))) == "midday"

    def test_a_day_in_a_narrow_column_stays_on_one_line_and_has_its_year_where_it_is_another(self) -> None:
        midnight = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
        assert text.day_in_brief(midnight, today=dt.date(2026, 11, 23)) == "2\xa0Jul"
        assert text.day_in_brief(midnight, today=dt.date(2027, 1, 1)) == "2\xa0Jul\xa02026"

    def test_nothing_is_an_empty_text(self) -> None:
        assert draw("{{ none|date }}{{ none|datetime }}{{ none|time }}") == ""

    def test_a_moment_without_a_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            text.moment_in_words(dt.datetime(2026, 1, 1))  # noqa: DTZ001

    def test_paragraphs_are_escaped(self) -> None:
        html = draw("{{ typed|linebreaks }}", typed="<script>\n\nnew")
        assert html.count('<p class="govuk-body">') == 2
        assert "&lt;script&gt;" in html

    def test_numbers_have_commas(self) -> None:
        assert draw("{{ 2000|number }}") == "2,000"


class TestFrame:
    def test_is_drawn_without_anything_given(self) -> None:
        html = draw('{% extends "base.html" %}{% block title %}T{% endblock %}')
        assert html.startswith("<!DOCTYPE html>")
        assert html.count("OFFICIAL-SENSITIVE") == 2
        assert "Sign out" not in html

    def test_shows_who_is_signed_in_and_what_waits(self) -> None:
        frame = {
            "user": {"name": "Ada <b>", "job_title": "Social worker", "agency": "Council"},
            "navigation": [
                {"text": "Home", "href": "/", "active": True},
                {"text": "Queue", "href": "/q", "active": False, "count": 1200},
            ],
            "idle": 900,
        }
        html = draw('{% extends "base.html" %}{% block title %}T{% endblock %}', frame=frame, csrf_input="")
        assert "Ada &lt;b&gt;" in html
        assert "Social worker, Council" in html
        assert '1,200<span class="govuk-visually-hidden"> waiting</span>' in html
        assert html.count("aria-current") == 1

    def test_the_title_says_when_the_form_has_errors(self) -> None:
        class Broken:
            errors = {"a": ["b"]}

        page = '{% extends "base.html" %}{% block title %}T{% endblock %}'
        assert "<title>Error: T - " in draw(page, form=Broken())
        assert "<title>T - " in draw(page, form=None)

    def test_the_public_frame_has_a_way_out_and_no_navigation(self) -> None:
        html = draw('{% extends "base_public.html" %}{% block title %}T{% endblock %}')
        assert html.count("govuk-js-exit-this-page-button") == 1
        assert "govuk-js-exit-this-page-skiplink" in html
        assert "govuk-service-navigation" not in html


class TestComponents:
    def test_a_timeline_says_when_and_by_whom(self) -> None:
        html = draw(
            '{% from "_components/timeline.html" import timeline %}{{ timeline(items) }}',
            items=[
                {"title": "Screening", "at": MOMENT, "by": "Ada", "text": "<i>"},
                {"title": "B", "on": MOMENT.date()},
            ],
        )
        assert '<time datetime="2026-11-23T09:15+00:00">23 November 2026 at 9:15am</time>' in html
        assert "&lt;i&gt;" in html

    def test_two_versions_mark_their_differences_in_words(self) -> None:
        html = draw(
            '{% from "_components/cards.html" import versions %}{{ versions(a, b, {"x": "Evidence", "y": "Source"}) }}',
            a={"title": "Saved", "byline": "", "values": {"x": "one", "y": "same"}},
            b={"title": "Yours", "byline": "", "values": {"x": "", "y": "same"}},
        )
        assert html.count("Evidence (different)") == 2
        assert "Source (different)" not in html
        assert "Not answered" in html

    def test_a_task_that_cannot_start_is_not_a_link(self) -> None:
        html = draw(
            '{% from "_components/cards.html" import task_list %}{{ task_list(tasks) }}',
            tasks=[{"title": "A", "href": "/a", "done": True}, {"title": "B", "done": False}],
        )
        assert html.count("<a ") == 1
        assert "Cannot start yet" in html

    def test_the_rest_are_drawn_from_what_their_comments_ask_for(self) -> None:
        html = draw(
            """
            {% from "_components/headings.html" import back_link, page_heading, print_button %}
            {% from "_components/tags.html" import risk_tag, brag_tag, badge, countdown %}
            {% from "_components/lists.html" import sub_navigation, paging, empty_state, scroll_region %}
            {% from "_components/cards.html" import summary_card %}
            {% from "_components/autosave.html" import autosave_status %}
            {{ back_link("/") }}{{ page_heading("Amy", "Born 2012") }}{{ print_button() }}
            {{ risk_tag("serious", "Serious") }}{{ brag_tag("RED") }}{{ badge("New") }}
            {{ countdown("overdue", "overdue") }}
            {{ sub_navigation([{"text": "A", "href": "/a", "active": true}, {"text": "B", "href": "/b"}], "Child") }}
            {{ paging("/newer", "") }}{{ paging() }}
            {% call empty_state("Nothing waits.") %}<a href="/n">New</a>{% endcall %}
            {% call scroll_region("Queue") %}<table></table>{% endcall %}
            {{ summary_card("Child", [{"key": "N", "text": "<b>", "href": "/c"}], [{"text": "M", "href": "/m"}]) }}
            {{ autosave_status() }}
            """
        )
        for expected in ("govuk-tag--red", ">Red<", "Newer", "Nothing waits.", "&lt;b&gt;", 'role="status"'):
            assert expected in html
        assert "Older" not in html
