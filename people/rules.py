"""Pure rules about a child: age, identifiers, what makes two records look alike."""

from datetime import date

from stdnum import exceptions as stdnum_errors
from stdnum.gb import nhs, upn

CHILDHOOD_ENDS = 18
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
