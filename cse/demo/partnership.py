"""The demonstration partnership: who works where, in what role, and whom a newcomer can try out.

All people are invented and all e-mail addresses end in a domain reserved for examples. Names of bodies follow the
strategy where it names them and are invented elsewhere; they are data, as names of bodies change (domain.md,
introduction).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """A partner agency with its teams; `domain` is the part of its e-mail addresses before the reserved domain."""

    code: str
    name: str
    kind: str
    domain: str
    teams: tuple[str, ...]
    screenings_share: int
    """How many of a thousand screenings this agency starts; 0 for agencies which do not screen."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A user; `card` is set for those a newcomer may sign in as, and says in one line what they will see."""

    name: str
    job_title: str
    agency: str
    team: str
    roles: tuple[str, ...]
    card: str = ""
    card_title: str = ""

    @property
    def local_part(self) -> str:
        """The e-mail address up to the @."""
        return self.name.lower().replace(" ", ".").replace("'", "")


RESERVED_DOMAIN = "example.org"
COUNCIL = "council"
POLICE = "police"
HEALTH = "health"

AGENCIES: tuple[DemoAgency, ...] = (
    DemoAgency(
        COUNCIL,
        "Wolverhampton Children's Services",
        "local_authority",
        "council",
        (
            "MASH",
            "Exploitation and Missing Hub",
            "Assessment Team North",
            "Assessment Team South",
            "Children in Care Team",
            "Senior Leadership",
        ),
        250,
    ),
    DemoAgency(
        POLICE,
        "West Midlands Police",
        "police",
        "police",
        ("Child Exploitation Team", "Missing Team", "MASH Police Desk", "Public Protection Command"),
        135,
    ),
    DemoAgency(
        HEALTH,
        "Wulfrun Hospitals NHS Trust",
        "health",
        "hospitals",
        ("Safeguarding Children Team", "Sexual Health Service", "School Nursing", "MASH Health Desk"),
        90,
    ),
    DemoAgency("icb", "Wulfrun Integrated Care Board", "health", "icb", ("Designated Safeguarding Team",), 0),
    DemoAgency("tettenford", "Tettenford Academy", "school", "tettenford", ("Safeguarding",), 75),
    DemoAgency("bilsworth", "Bilsworth Community School", "school", "bilsworth", ("Safeguarding",), 60),
    DemoAgency("oxbury", "Oxbury Park School", "school", "oxbury", ("Safeguarding",), 45),
    DemoAgency("pennfold", "Pennfold Girls' School", "school", "pennfold", ("Safeguarding",), 30),
    DemoAgency("lockside", "Lockside Learning Centre", "school", "lockside", ("Pastoral Team",), 55),
    DemoAgency("college", "Wulfmere Sixth Form College", "school", "college", ("Student Services",), 20),
    DemoAgency(
        "heronfold",
        "Heronfold Children's Homes",
        "residential",
        "heronfold",
        ("Heronfold House", "The Lindens"),
        70,
    ),
    DemoAgency("kestrel", "Kestrel Fostering", "fostering", "kestrel", ("Supervising Social Workers",), 35),
    DemoAgency("lantern", "Lantern Young People's Project", "charity", "lantern", ("Exploitation Support",), 50),
    DemoAgency("openroad", "Open Road Family Support", "charity", "openroad", ("Parents and Carers",), 10),
    DemoAgency("yot", "Wolverhampton Youth Offending Team", "youth_justice", "yot", ("Casework",), 40),
    DemoAgency("probation", "Black Country Probation", "other", "probation", ("Public Protection",), 0),
    DemoAgency("housing", "Wulfrun Homes", "other", "homes", ("Tenancy Support",), 20),
    DemoAgency("partnership", "Wolverhampton Safeguarding Together", "other", "wst", ("Partnership Office", "CMOG"), 0),
    DemoAgency("licensing", "Wolverhampton Licensing", "other", "licensing", ("Licensing Compliance",), 15),
)

TEAM_KINDS: Mapping[str, str] = {"MASH": "mash", "Exploitation and Missing Hub": "cse", "CMOG": "cmog"}
"""Teams with a task for the whole partnership; every other team is a practice team."""

TEAM_OF_ROLE: Mapping[str, str] = {"mash": "MASH", "cmog_chair": "CMOG", "cmog_member": "CMOG"}
"""The team which a role brings with it, besides the one the person is employed in: these two work across agencies."""

PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson(
        "Helen Marlowe",
        "Designated safeguarding lead",
        "tettenford",
        "Safeguarding",
        ("practitioner",),
        "Screen a pupil, send it to MASH, and see what became of what the school sent.",
        "Sign in as the school's safeguarding lead",
    ),
    DemoPerson(
        "Daniel Okoye",
        "MASH social worker",
        COUNCIL,
        "MASH",
        ("mash",),
        "The queue with its clocks: accept, grade, gather the agencies' checks and decide.",
        "Sign in as a MASH officer",
    ),
    DemoPerson(
        "Ruth Ashdown",
        "MASH team manager",
        COUNCIL,
        "MASH",
        ("mash", "team_manager"),
        "The same queue, with who has what, and countersignatures that wait.",
        "Sign in as the MASH manager",
    ),
    DemoPerson(
        "Simran Purewal",
        "Social worker",
        COUNCIL,
        "Exploitation and Missing Hub",
        ("practitioner",),
        "The children she is key worker for, her drafts and her reviews that fall due.",
        "Sign in as a social worker",
    ),
    DemoPerson(
        "Gareth Pell",
        "Team manager",
        COUNCIL,
        "Exploitation and Missing Hub",
        ("team_manager",),
        "His team's work, and lower judgements that wait for a second signature.",
        "Sign in as a team manager",
    ),
    DemoPerson(
        "Yasmin Farooqi",
        "CSE co-ordinator",
        COUNCIL,
        "Exploitation and Missing Hub",
        ("cse_coordinator",),
        "Every child for whom the level is serious or significant, and every overdue review.",
        "Sign in as the CSE co-ordinator",
    ),
    DemoPerson(
        "Martin Sedgley",
        "Detective Inspector",
        POLICE,
        "Child Exploitation Team",
        ("cmog_chair",),
        "The children listed for the monthly operational group, which he chairs.",
        "Sign in as the chair of CMOG",
    ),
    DemoPerson(
        "Claire Haverill",
        "Detective Chief Inspector",
        POLICE,
        "Public Protection Command",
        ("semt_chair",),
        "The strategic committee's view: numbers and progress, no child's name.",
        "Sign in as the chair of SEMT",
    ),
    DemoPerson(
        "Blessing Adeola",
        "CSE specialist nurse",
        HEALTH,
        "Safeguarding Children Team",
        ("practitioner", "cmog_member"),
        "A health screening, and the operational group from health's seat.",
        "Sign in as the CSE nurse",
    ),
    DemoPerson(
        "Tony Brackwell",
        "Registered manager",
        "heronfold",
        "Heronfold House",
        ("practitioner",),
        "The young people who live at the home and the screenings its staff have made.",
        "Sign in as a children's home manager",
    ),
    DemoPerson(
        "Margaret Ellwood",
        "Independent scrutineer",
        "partnership",
        "Partnership Office",
        ("board_reader",),
        "What the board sees: figures only.",
        "Sign in as a member of the board",
    ),
    DemoPerson(
        "Peter Lathom",
        "Information governance officer",
        "partnership",
        "Partnership Office",
        ("ig_officer",),
        "Who looked at what, and why.",
        "Sign in as the information governance officer",
    ),
    DemoPerson(
        "Sunil Rana",
        "System administrator",
        "partnership",
        "Partnership Office",
        ("administrator",),
        "Agencies, teams and accounts; no child's record at all.",
        "Sign in as the administrator",
    ),
    DemoPerson("Leanne Corbett", "MASH social worker", COUNCIL, "MASH", ("mash",)),
    DemoPerson("Imran Saddiq", "MASH social worker", COUNCIL, "MASH", ("mash",)),
    DemoPerson("Katie Wren", "MASH referral co-ordinator", COUNCIL, "MASH", ("mash",)),
    DemoPerson("Harbinder Lall", "MASH police sergeant", POLICE, "MASH Police Desk", ("mash", "practitioner")),
    DemoPerson("Olufemi Bankole", "MASH health practitioner", HEALTH, "MASH Health Desk", ("mash", "practitioner")),
    DemoPerson(
        "Jodie Farrant", "Exploitation social worker", COUNCIL, "Exploitation and Missing Hub", ("practitioner",)
    ),
    DemoPerson(
        "Marcus Tindall", "Exploitation social worker", COUNCIL, "Exploitation and Missing Hub", ("practitioner",)
    ),
    DemoPerson(
        "Anjali Mehan",
        "Missing and return interview worker",
        COUNCIL,
        "Exploitation and Missing Hub",
        ("practitioner",),
    ),
    DemoPerson("Robert Dunsley", "Social worker", COUNCIL, "Assessment Team North", ("practitioner",)),
    DemoPerson("Chloe Barnsley", "Social worker", COUNCIL, "Assessment Team North", ("practitioner",)),
    DemoPerson("Diane Wilmot", "Team manager", COUNCIL, "Assessment Team North", ("team_manager",)),
    DemoPerson("Tariq Malhi", "Social worker", COUNCIL, "Assessment Team South", ("practitioner",)),
    DemoPerson("Emma Larkin", "Social worker", COUNCIL, "Assessment Team South", ("practitioner",)),
    DemoPerson("Joy Chidzero", "Team manager", COUNCIL, "Assessment Team South", ("team_manager",)),
    DemoPerson("Philippa Snow", "Social worker", COUNCIL, "Children in Care Team", ("practitioner",)),
    DemoPerson("Kelvin Roach", "Team manager", COUNCIL, "Children in Care Team", ("team_manager", "cmog_member")),
    DemoPerson("Nadia Kassam", "Head of service, children at risk", COUNCIL, "Senior Leadership", ("semt_member",)),
    DemoPerson(
        "Gemma Stroud", "Detective Sergeant", POLICE, "Child Exploitation Team", ("team_manager", "cmog_member")
    ),
    DemoPerson("Liam Fenwick", "Detective Constable", POLICE, "Child Exploitation Team", ("practitioner",)),
    DemoPerson("Ravi Chander", "Detective Constable", POLICE, "Child Exploitation Team", ("practitioner",)),
    DemoPerson("Stacey Holt", "Missing person co-ordinator", POLICE, "Missing Team", ("practitioner",)),
    DemoPerson(
        "Victoria Penhale",
        "Named nurse for safeguarding",
        HEALTH,
        "Safeguarding Children Team",
        ("team_manager", "semt_member"),
    ),
    DemoPerson("Aoife Brennock", "Sexual health adviser", HEALTH, "Sexual Health Service", ("practitioner",)),
    DemoPerson("Mandeep Gosal", "School nurse", HEALTH, "School Nursing", ("practitioner",)),
    DemoPerson("Catherine Iveson", "Designated nurse", "icb", "Designated Safeguarding Team", ("semt_member",)),
    DemoPerson("Paul Redfern", "Head of year", "tettenford", "Safeguarding", ("practitioner",)),
    DemoPerson("Judith Amblecote", "Headteacher", "tettenford", "Safeguarding", ("team_manager",)),
    DemoPerson("Sharon Vickery", "Designated safeguarding lead", "bilsworth", "Safeguarding", ("practitioner",)),
    DemoPerson("Neil Cotterell", "Deputy headteacher", "bilsworth", "Safeguarding", ("team_manager",)),
    DemoPerson(
        "Balwinder Sehmi", "Designated safeguarding lead", "oxbury", "Safeguarding", ("practitioner", "team_manager")
    ),
    DemoPerson(
        "Frances Oakmoor", "Designated safeguarding lead", "pennfold", "Safeguarding", ("practitioner", "team_manager")
    ),
    DemoPerson("Dean Hartlow", "Pastoral manager", "lockside", "Pastoral Team", ("practitioner",)),
    DemoPerson("Rosalind Kay", "Head of centre", "lockside", "Pastoral Team", ("team_manager",)),
    DemoPerson(
        "Michaela Trent", "Student welfare officer", "college", "Student Services", ("practitioner", "team_manager")
    ),
    DemoPerson("Jade Sorrell", "Residential support worker", "heronfold", "Heronfold House", ("practitioner",)),
    DemoPerson("Wayne Ormerod", "Registered manager", "heronfold", "The Lindens", ("practitioner", "team_manager")),
    DemoPerson(
        "Alison Greaves", "Supervising social worker", "kestrel", "Supervising Social Workers", ("practitioner",)
    ),
    DemoPerson("Doreen Facey", "Fostering manager", "kestrel", "Supervising Social Workers", ("team_manager",)),
    DemoPerson("Hayley Winstan", "Exploitation support worker", "lantern", "Exploitation Support", ("practitioner",)),
    DemoPerson("Jerome Ballard", "Project manager", "lantern", "Exploitation Support", ("team_manager", "cmog_member")),
    DemoPerson(
        "Carol Tansley", "Parent support worker", "openroad", "Parents and Carers", ("practitioner", "team_manager")
    ),
    DemoPerson("Ashley Birdsall", "Youth justice officer", "yot", "Casework", ("practitioner",)),
    DemoPerson("Denise Quarrie", "Operations manager", "yot", "Casework", ("team_manager", "cmog_member")),
    DemoPerson("Graham Tolley", "Senior probation officer", "probation", "Public Protection", ("cmog_member",)),
    DemoPerson(
        "Natasha Wells", "Tenancy support officer", "housing", "Tenancy Support", ("practitioner", "team_manager")
    ),
    DemoPerson(
        "Keith Orrick", "Licensing officer", "licensing", "Licensing Compliance", ("practitioner", "cmog_member")
    ),
)

CARDS: tuple[DemoPerson, ...] = tuple(person for person in PEOPLE if person.card)


def email_of(person: DemoPerson) -> str:
    """A person's address in a domain reserved for examples: mail sent to it reaches nobody."""
    domain = next(agency.domain for agency in AGENCIES if agency.code == person.agency)
    return f"{person.local_part}@{domain}.{RESERVED_DOMAIN}"
