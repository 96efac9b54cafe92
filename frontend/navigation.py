"""The bar of places on every page, and the way on through a list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from frontend.moulds import HOLE, fill
from frontend.text import number_in_words

_COUNT = '{} <span class="app-count">{}<span class="govuk-visually-hidden"> waiting</span></span>'


def draw(places: Sequence[Mapping[str, Any]]) -> SafeString:
    """The places a person may go, `{text, href, active?, count?}`, with how much waits in each."""
    counts = [number_in_words(place["count"]) for place in places if place.get("count")]
    items = [{"html": _label(place), "href": place["href"], "active": bool(place.get("active"))} for place in places]
    bar = {"navigation": items, "menuButtonText": "Menu", "navigationLabel": "Main"}
    return fill("govukServiceNavigation", bar, counts)


def draw_paging(newer_href: str = "", older_href: str = "", newer: str = "Newer", older: str = "Older") -> str:
    """Pages by key have no numbers, only directions; nothing where the list has one page."""
    ways = {"previous": (newer_href, newer), "next": (older_href, older)}
    links = {way: {"href": HOLE, "text": text} for way, (href, text) in ways.items() if href}
    if not links:
        return ""
    return fill("govukPagination", {"landmarkLabel": "Pages", **links}, [ways[way][0] for way in links])


def _label(place: Mapping[str, Any]) -> SafeString:
    return format_html(_COUNT, place["text"], HOLE) if place.get("count") else format_html("{}", place["text"])
