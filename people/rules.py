"""Pure rules about a child: age, identifiers, what makes two records look alike."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from stdnum import exceptions as stdnum_errors
from stdnum.gb import nhs, upn

CHILDHOOD_ENDS = 18
SHORTEST_REASON = 20
"""Characters that say why a record must be opened in an emergency (security.md 2)."""
MOST_HOURS = 8
LONGEST_EMERGENCY = timedelta(hours=MOST_HOURS)
WHERE_THEY_LIVE = frozenset({"address", "postcode", "ward", "phone"})
"""What is kept from whoever may see a record and not where the child lives."""
TRIES_AN_HOUR = 10
"""How often somebody may try to open a record in an emergency: who guesses is stopped, who mistypes is not."""
# Real authorities that the library does not know yet (domain.md, Standards).
_NEWER_AUTHORITIES = frozenset({"838", "839", "940", "941", "942", "943"})


def age_on(born: date, day: date) -> int:
    """Completed years; someone born on 29 February has their birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birth_date_problem(born: date, today: date) -> str | None:
    """Why this cannot be the date of birth of a child on `today`, as a sentence; None where it can (domain.md 8)."""
    if born > today:
        return "Date of birth must be in the past"
    if age_on(born, today) >= CHILDHOOD_ENDS:
        return "This person is 18 or over. Use the adult safeguarding pathway, or check the year of birth"
    return None


def clean_nhs_number(text: str) -> str:
    """Ten digits. Raises ValueError with a sentence."""
    number = nhs.compact(text.replace("-", " "))
    if len(number) != 10 or not number.isascii() or not number.isdigit():
        raise ValueError("NHS number must be 10 digits, like 999 123 4560")
    if not nhs.is_valid(number) or len(set(number)) == 1:
        raise ValueError("NHS number is not valid. Check each digit")
    return number


def clean_upn(text: str) -> str:
    """A 13-character unique pupil number. Raises ValueError with a sentence."""
    number = upn.compact(text)
    if len(number) != 13:
        raise ValueError("Unique pupil number must be 13 characters, like A336200012345")
    try:
        upn.validate(number)
    except stdnum_errors.InvalidComponent:
        if not _valid_for_newer_authority(number):
            raise ValueError("Unique pupil number is not valid. Check each character") from None
    except stdnum_errors.ValidationError:
        raise ValueError("Unique pupil number is not valid. Check each character") from None
    return number


def _valid_for_newer_authority(number: str) -> bool:
    return number[1:4] in _NEWER_AUTHORITIES and upn.calc_check_digit(number[1:]) == number[0]


# Between letters: "Anne-Marie", "O'Neill", "St. John", Catalan "Gal·la", and the joiners of Persian and Indic scripts.
_NAME_JOINS = frozenset(" -'.\u2010\u2011\u2019\u02bc\u00b7\u200c\u200d")


LONGEST_SEARCH_KEY = 160
"""A few signs stand for a whole phrase when folded for searching; an index takes no row of any length."""


def clean_name(text: str) -> str:
    """The name composed (NFC), single-spaced; empty stays empty. Raises ValueError with a sentence.

    Letters and marks of any script, hyphens, apostrophes, full stops and spaces are what names are made of.
    """
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    strange = next(
        (sign for sign in name if unicodedata.category(sign)[0] not in "LM" and sign not in _NAME_JOINS), None
    )
    if strange:
        raise ValueError("must only include letters, hyphens, apostrophes and spaces, not numbers, symbols or emoji")
    if name and not any(unicodedata.category(sign)[0] == "L" for sign in name):
        raise ValueError("must include a letter")
    if len(search_key(name)) > LONGEST_SEARCH_KEY:
        raise ValueError("is too long. Write it with fewer characters")
    return name


class Reason(StrEnum):
    """Why two records may be about one child, the strongest first (domain.md 20)."""

    NHS_NUMBER = "Same NHS number"
    UPN = "Same unique pupil number"
    NAME_AND_BIRTH = "Same name and date of birth"
    NAME_AND_SWAPPED_BIRTH = "Same name, day and month of birth swapped"
    ALIAS = "Also known as"
    SIMILAR_AND_BIRTH = "Similar name, same date of birth"
    SIMILAR_AND_SWAPPED_BIRTH = "Similar name, day and month of birth swapped"
    NAME_BIRTH_UNKNOWN = "Same name, date of birth not known"
    SIMILAR_AND_NEAR_BIRTH = "Similar name, born within a year"
    # From here on only why a search found a record, no reason to take two records for one child.
    SAME_NAME = "Same name"
    SIMILAR_NAME = "Similar name"
    PART_OF_NAME = "Part of the name matches"
    BIRTH = "Same date of birth"


IDENTICAL = frozenset({Reason.NHS_NUMBER, Reason.UPN})
STRENGTH = {reason: place for place, reason in enumerate(Reason)}
SIMILAR = 0.4
"""The likeness from which two names of people born on one day are called similar."""
VERY_SIMILAR = 0.6
"""The same where the dates of birth are only near each other: common names would otherwise match by the dozen."""


@dataclass(frozen=True)
class Particulars:
    """What tells one child from another, as far as it is known."""

    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    nhs_number: str | None = None
    upn: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def called(given_name: str, family_name: str) -> str:
    """How a child is named on the pages."""
    return f"{given_name} {family_name}".strip() or "Name not known"


@dataclass(frozen=True)
class Why:
    """One reason, worded for this pair of records."""

    reason: Reason
    sentence: str


def why_alike(one: Particulars, other: Particulars) -> tuple[Why, ...]:
    """Every reason to think that the two are one child, the strongest first; empty where there is none."""
    found = {
        Reason.NHS_NUMBER: _both(one.nhs_number, other.nhs_number),
        Reason.UPN: _both(one.upn, other.upn),
        **_by_name_and_birth(one, other),
    }
    reasons = [Why(reason, reason.value) for reason, holds in found.items() if holds]
    if alias := _shared_alias(one, other):
        reasons.append(Why(Reason.ALIAS, f"{Reason.ALIAS} {alias}"))
    return tuple(sorted(reasons, key=lambda why: STRENGTH[why.reason]))


def why_found(terms: Particulars, held: Particulars) -> tuple[Why, ...]:
    """Why a search by a name alone, or by a date of birth alone, brings up this record."""
    if terms.name and terms.date_of_birth is None:
        return _why_named(terms, held)
    if terms.date_of_birth and not terms.name and terms.date_of_birth == held.date_of_birth:
        return (Why(Reason.BIRTH, Reason.BIRTH.value),)
    return ()


def _why_named(terms: Particulars, held: Particulars) -> tuple[Why, ...]:
    typed, words = fold(terms.name), fold(held.name).split()
    if _same_name(terms, held):
        reason = Reason.SAME_NAME
    elif all(any(word.startswith(part) for word in words) for part in typed.split()):
        reason = Reason.PART_OF_NAME
    elif max(likeness(typed, part) for part in (held.name, *words)) >= SIMILAR:
        reason = Reason.SIMILAR_NAME
    else:
        return ()
    return (Why(reason, reason.value),)


def _by_name_and_birth(one: Particulars, other: Particulars) -> dict[Reason, bool]:
    """At most one of these holds: each is stronger than those below it."""
    if not one.name or not other.name:
        return {}
    same, alike = _same_name(one, other), likeness(one.name, other.name)
    born, other_born = one.date_of_birth, other.date_of_birth
    if born is None or other_born is None:
        return {Reason.NAME_BIRTH_UNKNOWN: same}
    if born == other_born:
        return {Reason.NAME_AND_BIRTH if same else Reason.SIMILAR_AND_BIRTH: same or alike >= SIMILAR}
    if other_born == swapped(born):
        return {Reason.NAME_AND_SWAPPED_BIRTH if same else Reason.SIMILAR_AND_SWAPPED_BIRTH: same or alike >= SIMILAR}
    near = abs((born - other_born).days) <= 366
    return {Reason.SIMILAR_AND_NEAR_BIRTH: near and (same or alike >= VERY_SIMILAR)}


def swapped(day: date) -> date | None:
    """Day and month the other way round, the commonest slip of a hand; None where that is no date or the same."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def fold(name: str) -> str:
    """The name without accents, case and punctuation, for comparing only."""
    letters = (sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())


def search_key(name: str) -> str:
    """The name as the database keeps it for searching: capitals, no accents."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not "\u0300" <= sign <= "\u036f")
    return plain.upper().strip()


def likeness(one: str, other: str) -> float:
    """From 0 to 1, the share of three-letter pieces that two folded names have in common, in any order of words."""
    pieces, others = _pieces(fold(one)), _pieces(fold(other))
    return len(pieces & others) / len(pieces | others) if pieces and others else 0.0


def _pieces(folded: str) -> set[str]:
    padded = (f"  {word} " for word in folded.split())
    return {word[start : start + 3] for word in padded for start in range(len(word) - 2)}


def _same_name(one: Particulars, other: Particulars) -> bool:
    """Also when given and family name stand in each other's place."""
    return sorted(fold(one.name).split()) == sorted(fold(other.name).split())


def _shared_alias(one: Particulars, other: Particulars) -> str | None:
    """The name by which one goes and the other is called.

    A whole name is enough; a first name counts only with the same family name or date of birth.
    """
    return _alias_in(one.aliases, other, one) or _alias_in(other.aliases, one, other)


def _alias_in(aliases: Iterable[str], called: Particulars, owner: Particulars) -> str | None:
    family = bool(called.family_name) and fold(called.family_name) == fold(owner.family_name)
    close = family or _both(called.date_of_birth, owner.date_of_birth)
    names = {fold(name) for name in (called.name, *called.aliases, *([called.given_name] if close else []))} - {""}
    return next((alias for alias in aliases if fold(alias) in names and (close or " " in fold(alias))), None)


def _both(one: object, other: object) -> bool:
    return one is not None and one != "" and one == other
