"""The one Jinja environment in which every page is rendered.

Our own templates run with StrictUndefined, in production too: a misspelt variable on a page about a child must fail in
a test, never print as nothing. The design system's macros cannot live under that rule (they ask for parameters that
were not given), so they are compiled once in an environment of their own (macros.py) and offered to every template by
their usual names: ``{{ govukButton({"text": "Save and continue"}) }}`` needs no import line.
"""

from collections.abc import MutableMapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from jinja2 import BaseLoader, Environment, StrictUndefined

from frontend import addresses, brand, compiled, guides, macros, navigation, renderer, text


def environment(*, loader: BaseLoader, auto_reload: bool, **_: object) -> Environment:
    """The environment Django's Jinja2 backend asks for (TEMPLATES, OPTIONS["environment"])."""
    own = _Environment(
        loader=loader,
        auto_reload=auto_reload,
        autoescape=True,
        bytecode_cache=compiled.templates(),
        extensions=["jinja2.ext.do"],
        undefined=StrictUndefined,
    )
    own.globals.update(macros.design_system())
    own.globals.update(
        url=addresses.url,
        static=static,
        with_query=with_query,
        draw_field=renderer.draw_field,
        outer_fields=renderer.outer_fields,
        service_navigation=navigation.draw,
        draw_paging=navigation.draw_paging,
        guides_at=guides.at,
        brand_stylesheet=brand.stylesheet_url,
        partnership_name=settings.PARTNERSHIP_NAME,
        sign_on_places=lambda: settings.SIGN_ON.places,
    )
    own.filters.update(
        date=text.date_in_words,
        datetime=text.moment_in_words,
        time=text.time_in_words,
        number=text.number_in_words,
        linebreaks=text.paragraphs,
    )
    return own


class _Environment(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The very names that the environment has, where a template has none of its own: at each import line Jinja
        compares the two, which takes longer than drawing a badge where they are mappings one upon the other."""
        return super().make_globals(d) if d else self.globals


def with_query(request: HttpRequest, **changes: object) -> str:
    """The address of this page with some query parameters changed; None or "" removes one."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path
