"""Invented children: families, identifiers from ranges that nobody holds, homes and placements."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from stdnum.gb import upn

from cse.demo import names
from cse.demo.names import Community
from people.rules import CHILDHOOD_ENDS

WOLVERHAMPTON = "336"
NEIGHBOURS = ("330", "332", "333", "335", "860", "893", "894")
_SHARES = [community.share for community in names.COMMUNITIES]
_FAMILY_SIZES = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3)
_NHS_WEIGHTS = range(10, 1, -1)
_COPRIME = 611_953
"""No common factor with 100,000: steps of it reach every five-digit number once before repeating."""


@dataclass(slots=True)
class DemoChild:
    """What a child's record will hold, as `people.Child` names it."""

    given_name: str
    family_name: str
    date_of_birth: date | None
    sex: str
    ethnicity: str
    nhs_number: str | None
    upn: str | None
    learning_disability: bool | None
    looked_after: str
    responsible_authority: str
    host_authority: str
    address: str
    postcode: str
    ward: str
    school: str
    phone: str
    aliases: list[str] = field(default_factory=list)
    notes: str = ""
    provisional: bool = False

    @property
    def is_looked_after(self) -> bool:
        return self.looked_after in ("care_order", "voluntary", "remand")

    @property
    def eighteenth_birthday(self) -> date:
        """The day on which nothing is written of a child any more; never for one of whom we know too little."""
        born = self.date_of_birth
        return date(born.year + CHILDHOOD_ENDS, born.month, min(born.day, 28)) if born else date.max


def nhs_number(serial: int) -> str:
    """The `serial`th valid number of the range 999, which the NHS keeps for tests; they repeat after 900,000.

    Of the ten numbers that share their first eight digits at most one has no check digit.
    """
    stem = f"999{serial * _COPRIME % 100_000:05d}"
    numbered = [stem + str(last) + str(check) for last in range(10) if (check := _nhs_check(f"{stem}{last}")) < 10]
    return numbered[serial // 100_000 % 9]


def _nhs_check(digits: str) -> int:
    return -sum(int(digit) * weight for digit, weight in zip(digits, _NHS_WEIGHTS, strict=True)) % 11


def unique_pupil_number(serial: int, born: date) -> str:
    """A valid number of this authority (336), with establishment numbers from 9000 and a serial counted through."""
    establishment, pupil = divmod(serial, 1000)
    number = f"{WOLVERHAMPTON}{9000 + establishment % 1000}{(born.year + 5) % 100:02d}{pupil:03d}"
    return f"{upn.calc_check_digit(number)}{number}"


def mobile(rng: Random) -> str:
    """A mobile number of the range that Ofcom keeps for drama."""
    return f"07700 900{rng.randrange(1000):03d}"


def families(count: int, *, first_serial: int, until: date, rng: Random) -> Iterator[list[DemoChild]]:
    """`count` children in families; brothers and sisters share a name, a community and often a home."""
    serial, left = first_serial, count
    while left:
        size = min(rng.choice(_FAMILY_SIZES), left)
        community = rng.choices(names.COMMUNITIES, _SHARES)[0]
        yield _family(size, community, serial, until, rng)
        serial, left = serial + size, left - size


def _family(size: int, community: Community, serial: int, until: date, rng: Random) -> list[DemoChild]:
    family_name = rng.choice(community.families)
    ward, address, postcode = _home(rng)
    taken: set[str] = set()
    children = []
    for offset in range(size):
        child = _child(community, family_name, serial + offset, until, rng)
        if child.given_name in taken:
            child.given_name += f"-{rng.choice(('Lee', 'Jo', 'May', 'Ray'))}"
        taken.add(child.given_name)
        child.address, child.postcode, child.ward = address, postcode, ward
        _place(child, rng)
        children.append(child)
    return children


def _child(community: Community, family_name: str, serial: int, until: date, rng: Random) -> DemoChild:
    sex = rng.choices("FMU", (67, 32, 1))[0]
    given = rng.choice(community.boys if sex == "M" else community.girls)
    born = until - timedelta(days=round(rng.triangular(10.2, 18.4, 15.4) * 365.25))
    return DemoChild(
        given_name=given,
        family_name=family_name,
        date_of_birth=born,
        sex=sex,
        ethnicity=community.ethnicity if rng.random() < 0.96 else "NOBT",
        nhs_number=nhs_number(serial) if rng.random() < 0.88 else None,
        upn=unique_pupil_number(serial, born) if rng.random() < 0.92 else None,
        learning_disability=rng.choices((True, False, None), (9, 70, 21))[0],
        looked_after=rng.choices(("no", "care_order", "voluntary", "remand", "unknown"), (77, 9, 7, 1, 6))[0],
        responsible_authority=WOLVERHAMPTON,
        host_authority=WOLVERHAMPTON,
        address="",
        postcode="",
        ward="",
        school=rng.choice(names.SCHOOLS) if rng.random() < 0.93 else "",
        phone=mobile(rng) if rng.random() < 0.55 else "",
        aliases=_aliases(given, rng),
    )


def _aliases(given: str, rng: Random) -> list[str]:
    short = dict(names.NICKNAMES).get(given)
    if short:
        return [short]
    return [given[:3]] if len(given) > 4 and rng.random() < 0.06 else []


def _home(rng: Random) -> tuple[str, str, str]:
    ward = rng.choice(names.WARDS)
    street = f"{rng.randrange(1, 180)} {rng.choice(names.STREETS)}"
    outcode = rng.choice(names.OUTCODES)
    unit = rng.choice(names.UNIT_LETTERS) + rng.choice(names.UNIT_LETTERS)
    return ward, f"{street}, Wolverhampton", f"{outcode} {rng.randrange(1, 10)}{unit}"


def _place(child: DemoChild, rng: Random) -> None:
    """Where a looked-after child lives: here, placed elsewhere by us, or placed here by others (domain.md 21)."""
    if not child.is_looked_after:
        return
    where = rng.random()
    if where < 0.28:
        child.host_authority = rng.choice(NEIGHBOURS)
        child.ward = ""
        child.address, child.postcode = "Placement address held by the responsible team", ""
        child.notes = "Placed outside the city. The host authority has been told."
    elif where < 0.52:
        child.responsible_authority = rng.choice(NEIGHBOURS)
        child.address = rng.choice(("Heronfold House, Wolverhampton", "The Lindens, Wolverhampton"))
        child.notes = "Placed in the city by another authority, which has been told."


def near_duplicate(child: DemoChild, rng: Random) -> DemoChild:
    """The same child as another agency might have written them down: provisional, and a little different."""
    double = little_known(child.given_name, child.sex)
    double.family_name, double.date_of_birth, double.school = child.family_name, child.date_of_birth, child.school
    double.nhs_number = child.nhs_number if rng.random() < 0.3 else None
    born, family = child.date_of_birth, child.family_name
    match rng.randrange(4):
        case 0:
            double.given_name = child.aliases[0] if child.aliases else child.given_name.rstrip("aey")
        case 1 if len(family) > 3:
            position = rng.randrange(1, len(family) - 1)
            swapped = family[position + 1] + family[position]
            double.family_name = family[:position] + swapped + family[position + 2 :]
        case 2 if born and born.day <= 12:
            double.date_of_birth = date(born.year, born.day, born.month)
        case _:
            double.family_name = f"{family}-{rng.choice(names.COMMUNITIES[0].families)}"
    return double


def little_known(given_name: str, sex: str) -> DemoChild:
    """A provisional record with a first name and nothing else, as after a public referral."""
    return DemoChild(
        given_name=given_name,
        family_name="",
        date_of_birth=None,
        sex=sex,
        ethnicity="NOBT",
        nhs_number=None,
        upn=None,
        learning_disability=None,
        looked_after="unknown",
        responsible_authority=WOLVERHAMPTON,
        host_authority=WOLVERHAMPTON,
        address="",
        postcode="",
        ward="",
        school="",
        phone="",
        provisional=True,
    )
