"""What is said in the committees of the demonstration. All of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import AgencyKind
from governance.rules import Body, ConcernKind, MatterKind, ReviewKind, Subject

TERMS: Mapping[Body, str] = {
    Body.LSCB: "The board holds all partners to account for the strategy.\n\nIt hears SEMT’s chair each quarter, takes "
    "on what is escalated to it, and answers.",
    Body.SEMT: "SEMT manages the strategy and its delivery plan for the board.\n\nIt reviews plan and CMOG’s update "
    "at every meeting, watches who attends, and escalates what it cannot solve.",
    Body.CMOG: "CMOG meets each month to protect the children on its list and to disrupt those who exploit them.\n\nIt "
    "reports themes, barriers and operational issues to SEMT.",
}
DEPUTIES: Mapping[str, str] = {
    AgencyKind.LOCAL_AUTHORITY: "Priya Nand",
    AgencyKind.POLICE: "Owen Tranter",
    AgencyKind.HEALTH: "Lucy Ashby",
    AgencyKind.YOUTH_JUSTICE: "Femi Adu",
}
BOARD = (
    ("Rosemary Tull", "Wolverhampton Safeguarding Together"),
    ("Anthony Keeble", "Wolverhampton Children's Services"),
    ("Sheila Marchant", "Wulfrun Integrated Care Board"),
    ("Derek Fallows", "West Midlands Police"),
)
BOARD_SAID: Mapping[str, tuple[str, str]] = {
    Subject.REPORT: (
        "The chair of SEMT took the board through the quarter. Members asked why screenings differ so much by agency.",
        "SEMT reports next quarter on the agencies that screen least.",
    ),
    Subject.ESCALATIONS: ("The board heard what had been raised with it.", ""),
}


@dataclass(frozen=True, slots=True)
class Month:
    """One meeting of CMOG."""

    said: str
    matters: tuple[tuple[MatterKind, str], ...]
    asked: str
    came_of_it: str = ""
    tabled: tuple[tuple[ConcernKind, str, str], ...] = ()


THEME, BARRIER, ISSUE = MatterKind.THEME, MatterKind.BARRIER, MatterKind.ISSUE
MONTHS = (
    Month(
        "Two schools see the same cars at their gates.",
        ((THEME, "Children are collected from school gates by adults whom nobody knows"),),
        "Ask every secondary school who watches the gates",
        "All eleven have named somebody.",
        ((ConcernKind.LOCATION, "Market Street arcade", "Men offer young people cigarettes at the back door."),),
    ),
    Month(
        "Return interviews of children placed by others come late.",
        ((ISSUE, "Placing authorities answer late when we ask who interviews a child"),),
        "Agree one contact with each of the four neighbouring authorities",
        "Three have named one; the fourth has been written to again.",
    ),
    Month(
        "Health sees more girls of thirteen with older boyfriends.",
        ((THEME, "Older boyfriends of thirteen-year-olds, met through one app"),),
        "Brief school nurses on the app",
        "Briefed on two afternoons.",
        ((ConcernKind.PERSON, "Police reference 3417", "Seen with children on the list. Warning notice served."),),
    ),
    Month(
        "The hotel information requests were answered by all but one.",
        ((BARRIER, "One hotel chain answers information requests through its lawyers only"),),
        "Invite the chain’s area manager to the licensing meeting",
        "She came, and has changed the procedure.",
    ),
    Month(
        "Boys are asked to carry phones before they are asked for anything else.",
        ((THEME, "Boys who carry drugs are exploited sexually as well, and are not screened for it"),),
        "Add a prompt on boys to the screening course",
        "In the course since the spring.",
        ((ConcernKind.GROUP, "Police reference G12", "Nine associates, some of them under 18."),),
    ),
    Month(
        "The summer plan for parks was agreed.",
        ((THEME, "Parks in the evening"), (BARRIER, "No youth workers on Saturdays")),
        "Ask the youth service for Saturday hours in two parks",
        "Agreed until September.",
    ),
    Month(
        "Investigations go on; two arrests.",
        ((ISSUE, "Video interviews are booked three weeks ahead"),),
        "Ask for two slots a week to be kept free for children on the list",
        "One is kept free; a second is being asked for.",
        ((ConcernKind.INVESTIGATION, "Operation Hazelrow", "Two arrests; both on bail with conditions."),),
    ),
    Month(
        "Taxis again: drivers want to know whom to ring.",
        ((THEME, "Drivers see much and do not know whom to tell"),),
        "Print the number on the back of every licence",
        "With the next renewal, from October.",
    ),
    Month(
        "Two homes ring before a child is missing, and it works.",
        ((THEME, "Homes that ring early have fewer children missing overnight"),),
        "Share the two homes’ agreement with the others",
        "Shared; five have taken it over.",
    ),
    Month(
        "Sexual health clinics have no evening hours any more.",
        ((BARRIER, "No evening clinic that children can reach by bus"),),
        "Find out what an evening clinic each fortnight would cost",
        "",
        ((ConcernKind.LOCATION, "Railway Lane car park", "Cars stop there after ten at night."),),
    ),
    Month(
        "Screenings from schools have doubled since the course.",
        ((THEME, "Online contact begins in games, not in chats"),),
        "Ask the college to show the film on games in tutorial time",
        "Shown in all tutor groups.",
    ),
    Month(
        "Children were approached at the same takeaway.",
        (
            (THEME, "Food and vapes are given before anything is asked for"),
            (BARRIER, "The probation service has nobody for this area since the summer"),
            (ISSUE, "Two agencies still send screenings by e-mail"),
        ),
        "Visit the takeaway with licensing and environmental health",
        "",
    ),
)
SAID = (
    "Seen in town after ten twice. The key worker has agreed a safety plan with her mother.",
    "School attendance is up. The return interview named two adults, now with the police.",
    "Not missing since the last meeting. The worker goes on with weekly visits.",
    "A new phone nobody can explain. Police to ask for the records; the school to watch lunch breaks.",
    "He talks to the youth worker now. The clinic has seen him once.",
    "The placement has moved. Transport to school is agreed, and the host authority has been told.",
)
SEMT: tuple[Mapping[str, tuple[str, str]], ...] = (
    {
        Subject.PLAN: ("The first plan was read action by action.", "Every action has a lead by the next meeting."),
        Subject.CMOG_UPDATE: ("No update yet: CMOG begins to send one each month.", ""),
    },
    {
        Subject.PLAN: ("Training is behind for foster carers.", "Evening courses are offered from the summer."),
        Subject.CMOG_UPDATE: ("School gates and hotels were the themes.", "Licensing brings a plan for hotels."),
    },
    {
        Subject.PLAN: ("Interviews within 72 hours are better, and not good enough.", "Monthly figures by provider."),
        Subject.CMOG_UPDATE: ("Boys are seen too late. The course now speaks of them.", ""),
    },
    {
        Subject.PLAN: ("The problem profile is late: no analyst.", "The chair writes to the chief superintendent."),
        Subject.CMOG_UPDATE: ("Evening clinics are missed by everybody.", "Health costs an evening each fortnight."),
        Subject.ESCALATIONS: ("Attendance of the voluntary sector was raised, and is solved.", ""),
    },
)
ASKED_BY_SEMT = (
    "Send an update from CMOG each month",
    "Bring a plan for hotels and short lets",
    "Show interviews within 72 hours by provider",
    "Say how CMOG hears from the voluntary sector",
)
RAISED_BY_HAND: Mapping[str, str] = {
    "what": "No sexual health clinic opens in the evening",
    "evidence": "Named at two meetings of CMOG. Children were turned away when they were ready to go.",
    "ask": "Fund one evening a fortnight, in the town centre.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One audit or review; findings with what changed through them."""

    kind: ReviewKind
    title: str
    looked_at: str
    days_ago: int
    findings: tuple[tuple[str, str], ...]
    summary: str = ""


REVIEWS = (
    Told(
        ReviewKind.CASE_AUDIT,
        "Twelve records of children on CMOG’s list",
        "Twelve records, chosen by lot, read by two people of different agencies.",
        200,
        (
            ("In five of twelve the safety plan was older than three months.", "Plans are looked at at each review."),
            ("The child’s own words were in eleven of twelve.", ""),
            ("Fathers were asked in three of twelve.", "The form asks for both parents."),
        ),
        "Records are written with care. Plans grow old, and fathers are forgotten.",
    ),
    Told(
        ReviewKind.LEARNING_REVIEW,
        "A child who went missing eleven times",
        "One child’s year, with everybody who had worked with the family.",
        35,
        (("Each episode was handled well, and nobody looked at all of them together.", ""),),
    ),
)
