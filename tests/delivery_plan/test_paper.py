"""The plan as a PDF: for whoever reads it, with no more than they may see."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import page
import pypdfium2
import pytest
from django.urls import reverse

from accounts.models import User
from delivery_plan.rules import Rag
from delivery_plan.strategy import ACTIONS
from tests import factories
from tests.delivery_plan.test_views import MOST_QUERIES
from tests.reports.test_pdf import STANDARDS

pytestmark = pytest.mark.django_db


def words_of(drawn: bytes) -> str:
    with pypdfium2.PdfDocument(drawn) as opened:
        return " ".join(" ".join(each.get_textpage().get_text_bounded() for each in opened).split())


@pytest.fixture
def full(lead: User, made_up: Callable[..., None]) -> None:
    for pillar, section, text in ACTIONS:
        stands = {"rag": Rag.GREEN, "rag_reason": "Half of it is done. " * 15, "measure": "test.made_up", "target": 90}
        action = factories.action(pillar=pillar, section=section, text=text, due_on=date(2026, 1, 1), **stands)
    factories.barrier(action=action, raised_by=lead, what="The courts & the clerks")


def test_is_readable_by_all_and_can_be_kept(
    full: None, lead: User, browser_of: Any, django_assert_max_num_queries: Any
) -> None:
    client = browser_of(lead)
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(reverse("delivery_plan:plan_pdf"))
    assert answer["Content-Disposition"] == 'attachment; filename="OFFICIAL-SENSITIVE_delivery_plan.pdf"'
    for standard in STANDARDS:
        report = page.validate_pdf_bytes(answer.content, profile=standard)
        assert report.is_compliant, [(each.rule_id, each.message) for each in report.failures]
    said = words_of(answer.content)
    letters = re.sub(r"\W", "", said)  # a line may end within "self-assessment"
    assert all(re.sub(r"\W", "", text)[:30] in letters for _, _, text in ACTIONS)
    assert "In the way: The courts & the clerks" in said
    assert "Green: on track" in said


def test_where_there_is_no_plan_there_is_no_file(lead: User, browser_of: Any) -> None:
    answer = browser_of(lead).get(reverse("delivery_plan:plan_pdf"), follow=True)
    assert "There is no delivery plan yet" in answer.content.decode()
