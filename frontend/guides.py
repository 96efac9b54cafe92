"""What the partnership says about the work on a page, shown where it is needed.

A room offers a place in its `AppConfig.ready`, `guides.offer("screening", "The screening form")`, and its page shows
what is said there: `{{ show_guides("screening") }}`. A room above that keeps such texts registers how they are found,
so that no room imports one above it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Guide:
    title: str
    kind: str
    href: str


Finder = Callable[[str], Sequence[Guide]]
_PLACES: dict[str, str] = {}
_FINDERS: list[Finder] = []


def offer(place: str, title: str) -> None:
    """`title` is how whoever keeps the texts knows the place."""
    _PLACES[place] = title


def places() -> Mapping[str, str]:
    """Every place by its key, in the order in which rooms offered them."""
    return dict(_PLACES)


def found_by(finder: Finder) -> None:
    _FINDERS.append(finder)


def at(place: str) -> list[Guide]:
    """What is to be read there. Raises KeyError for a place that no room offers."""
    _PLACES[place]
    return [guide for finder in _FINDERS for guide in finder(place)]
