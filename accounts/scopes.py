"""How a model says who needs to know its rows: `need_to_know = ThroughChild("child_id")`.

A scope is a plain declaration; `accounts.policy` alone turns it into a filter, and `accounts.row_security` into what
the database itself enforces. What has no life of its own says `part_of = "referral"` and is seen with that.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ThroughChild:
    """Whoever may see the child; `key` is the column that holds the child's number."""

    key: str = "child_id"


@dataclass(frozen=True)
class DraftOfTeam:
    """Whoever may see the child, but until `submitted` holds a moment the author's team alone (domain.md 6)."""

    submitted: str = "submitted_at"
    team: str = "author_team_id"
    key: str = "child_id"


@dataclass(frozen=True)
class HandledByTeam:
    """The team it was sent to, the team it came from, nobody else."""

    handling_team: str = "handling_team_id"
    origin_team: str = "origin_team_id"
    key: str = "child_id"


@dataclass(frozen=True)
class OwnedByTeam:
    """The team that owes it, or the person named, as long as they may see the child where it is about one."""

    team: str = "owner_team_id"
    person: str = "owner_id"
    key: str = "child_id"


@dataclass(frozen=True)
class UnlessAboutTeam:
    """Whoever may see the child; but where `about` says something, not the team that it says it of."""

    about: str
    team: str
    key: str = "child_id"


@dataclass(frozen=True)
class Addressee:
    """The one person it is for. Of what is `about` a record, the database lets also those write who see that record."""

    person: str = "recipient_id"
    about: str = "deadline"


@dataclass(frozen=True)
class Everybody:
    """Anyone who is signed in: reference data, the list of partners."""


Scope = ThroughChild | DraftOfTeam | HandledByTeam | OwnedByTeam | UnlessAboutTeam | Addressee | Everybody
