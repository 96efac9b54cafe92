"""What was found in one room and is followed up in another.

A room whose findings may be followed up registers in its `AppConfig.ready` how each kind is told of,
`findings.told_by(Score, tell)`; the room that follows them up registers how what came of them is found,
`findings.followed_by(find)`. So each links to the other, and no room imports one above it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.db.models import Model


@dataclass(frozen=True)
class Finding:
    """`title` says where it was found, `text` what; `href` is where that can be read by whoever has `permission`."""

    title: str
    text: str
    href: str
    permission: str


@dataclass(frozen=True)
class FollowUp:
    """What is done about it."""

    title: str
    href: str


Teller = Callable[[int], Finding | None]
Follower = Callable[[Collection[str]], Mapping[str, list[FollowUp]]]
_TELLERS: dict[str, Teller] = {}
_FOLLOWERS: list[Follower] = []


def key(record: Model) -> str:
    """What it is called by whoever follows it up: `prevention.score.7`."""
    return f"{record._meta.label_lower}.{record.pk}"


def told_by(kind: type[Model], tell: Teller) -> None:
    """`tell` is given the number of a record; None where there is nothing to be followed up."""
    _TELLERS[kind._meta.label_lower] = tell


def find(key: str) -> Finding | None:
    """None where no room knows it, or it may not be followed up."""
    kind, _, number = key.rpartition(".")
    tell = _TELLERS.get(kind)
    return tell(int(number)) if tell and number.isascii() and number.isdigit() and len(number) < 19 else None


def followed_by(follow: Follower) -> None:
    _FOLLOWERS.append(follow)


def followed(keys: Collection[str]) -> dict[str, list[FollowUp]]:
    """What is done about each of them, as far as anything is."""
    found: dict[str, list[FollowUp]] = {}
    for follow in _FOLLOWERS:
        for each, done in follow(keys).items():
            found.setdefault(each, []).extend(done)
    return found
