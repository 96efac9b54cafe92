"""`manage.py bench_report`: as large as promised, and it counts what is said."""

from io import StringIO

from django.core.management import call_command

from cse.bench import paper


def test_compares_a_full_report_with_its_typesetting_alone() -> None:
    said = StringIO()
    call_command("bench_report", turns=1, stdout=said)
    assert "10 charts" in said.getvalue()
    assert "WeasyPrint alone" in said.getvalue()


def test_the_report_is_as_full_as_one_gets() -> None:
    document = paper.document()
    graphs = [block for section in document.sections for block in section.blocks if block.graph]
    actions = [table for _, table in document.tables if table.title.endswith("action by action")]
    assert len(graphs) == 10
    assert sum(len(table.rows) for table in actions) == 21


def test_the_verdict_is_that_of_the_quickest_runs() -> None:
    assert paper.Compared(20, 10, 1, ours=[1.2, 3.0], alone=[1.1, 9.0]).times < paper.MOST
    assert "NO" in str(paper.Compared(20, 10, 1, ours=[1.3], alone=[1.0]))
