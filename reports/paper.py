"""A report as one page of HTML from which its PDF is drawn: the same document gives the same page."""

from django.template.loader import render_to_string

from reports.printed import Document


def html(document: Document) -> str:
    return render_to_string("reports/_paper.html", {"document": document})
