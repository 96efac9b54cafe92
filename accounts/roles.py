"""Roles, permissions and which role holds which: a governance officer can read this page."""

from collections.abc import Mapping

from django.db.models import TextChoices


class Role(TextChoices):
    PRACTITIONER = "practitioner", "Practitioner"
    TEAM_MANAGER = "team_manager", "Team manager"
    MASH = "mash", "MASH officer"
    CSE_COORDINATOR = "cse_coordinator", "CSE co-ordinator"
    CMOG_CHAIR = "cmog_chair", "CMOG chair"
    CMOG_MEMBER = "cmog_member", "CMOG member"
    SEMT_CHAIR = "semt_chair", "SEMT chair"
    SEMT_MEMBER = "semt_member", "SEMT member"
    BOARD_READER = "board_reader", "Board reader"
    IG_OFFICER = "ig_officer", "Information-governance officer"
    ADMINISTRATOR = "administrator", "Administrator"
    # Nobody signs in as these two.
    SYSTEM = "system", "The system's own scheduled work"
    PUBLIC = "public", "A member of the public"


ROLES_OF_PEOPLE = [role for role in Role if role not in {Role.SYSTEM, Role.PUBLIC}]


class Permission(TextChoices):
    """What a role may do to the records that a person can see; seeing is `policy.visible`."""

    CHILD_FIND = "child.find", "Find a child's record"
    CHILD_REGISTER = "child.register", "Add a child's record"
    CHILD_VIEW = "child.view", "Look at a child's record"
    CHILD_CORRECT = "child.correct", "Correct a child's details"
    CHILD_MATCH = "child.match", "Match two records of one child, and undo it"
    CHILD_ADDRESS = "child.address", "See where a looked-after child lives"
    RECORD_RESTRICT = "record.restrict", "Restrict a record, keep a person from it, and agree to lift a restriction"
    RECORD_BREAK_GLASS = "record.break_glass", "Open a record in an emergency"
    SIGHT_END = "sight.end", "End a team's or a person's sight of a record"
    SIGHT_REVIEW = "sight.review", "See who has sight of a record"
    SIGHT_GOVERN = "sight.govern", "Review records opened in an emergency, and keep a person from any record"
    SEARCH_TELL = "search.tell", "Say whether searches by others tell of the team's records"
    CASE_CHANGE = "case.change", "Open and close a case, name its key worker"
    DOCUMENT_VIEW = "document.view", "Open the documents on a child's record"
    DOCUMENT_ADD = "document.add", "Add a document to a child's record, and withdraw one"
    SCREENING_VIEW = "screening.view", "Read a screening"
    SCREENING_FILL_IN = "screening.fill_in", "Fill in and submit a screening"
    SCREENING_COUNTERSIGN = "screening.countersign", "Countersign a lower judgement"
    REFERRAL_MAKE = "referral.make", "Make a referral"
    REFERRAL_MAKE_PUBLICLY = "referral.make_publicly", "Tell us about a child without an account"
    REFERRAL_TRACK = "referral.track", "See what became of a referral"
    REFERRAL_TRIAGE = "referral.triage", "Accept, grade, check and decide on referrals"
    INDICATOR_SET_LOAD = "indicator_set.load", "Load a new version of the indicators"
    MISSING_VIEW = "missing.view", "Read a missing episode and its return interview"
    MISSING_RECORD = "missing.record", "Report a missing child, record each step, hold the interview, share it"
    MISSING_SETTLE = "missing.settle", "Name the interviewer, review an episode, take back one recorded in error"
    MISSING_FIGURES = "missing.figures", "See the figures on missing children, and open the list behind each"
    MISSING_EXPORT = "missing.export", "Export the returns on missing children"
    PLAN_VIEW = "plan.view", "Read the delivery plan"
    PLAN_REPORT = "plan.report", "Say how an action of the plan goes that one leads"
    PLAN_CHAIR = "plan.chair", "Set up the plan, accept what its leads say, begin the next one"
    DASHBOARD_VIEW = "dashboard.view", "See the figures of a month, and those of the delivery plan, unsuppressed"
    COMMITTEE_VIEW = "committee.view", "Read what the committees do"
    COMMITTEE_KEEP = "committee.keep", "Call a committee's meetings, write its minutes, follow its actions"
    COMMITTEE_CHAIR = (
        "committee.chair",
        "Agree the minutes of a committee that one chairs, raise what the board must know",
    )
    CMOG_CHILDREN = "cmog.children", "Go through the children whom CMOG lists"
    REPORT_VIEW = "report.view", "Read the quarterly reports that were issued"
    REPORT_WRITE = "report.write", "Write a quarterly report, sign it off, correct it"
    REPORT_DRAW = "report.draw", "Assemble the figures of a report that is written, draw the PDF of one that was issued"
    PREVENTION_VIEW = "prevention.view", "Read the prevention registers"
    PREVENTION_RECORD = "prevention.record", "Record the training of one's own agency, write its self-assessments"
    PREVENTION_KEEP = "prevention.keep", "Keep the prevention registers, for every agency"
    FIGURES_COUNT = "figures.count", "Count the figures that pages and reports show"
    PEOPLE_MANAGE = "people.manage", "Manage agencies, teams and users"
    ACCOUNT_OWN = "account.own", "Look after how oneself signs in"
    NOTICE_READ = "notice.read", "Read one's own notices, and say how they come"
    ABSENCE_RECORD = "absence.record", "Say that oneself is away, and as a manager that a member of the team is"
    DOCUMENT_SCAN = "document.scan", "Have documents checked for viruses"
    SWEEP = "deadlines.sweep", "Watch the clocks and send notices"
    CHILD_AUDIT = "child.audit", "See who has looked at a child's record"
    AUDIT_READ = "audit.read", "Read the log: who saw what, without the content of any case"
    AUDIT_WATCH = "audit.watch", "Notice who opens unusually many records"


_EVERYBODY = frozenset({Permission.ACCOUNT_OWN, Permission.NOTICE_READ, Permission.ABSENCE_RECORD})
_READS_PLAN = _EVERYBODY | {Permission.PLAN_VIEW, Permission.PREVENTION_VIEW}
_LEADS_ACTIONS = frozenset({Permission.PLAN_VIEW, Permission.PLAN_REPORT, Permission.PREVENTION_VIEW})
"""Whoever works with children or sits in a committee may lead an action; which one is the plan's to say."""
_FINDS = (
    _EVERYBODY
    | _LEADS_ACTIONS
    | frozenset(
        {
            *(Permission.CHILD_FIND, Permission.CHILD_REGISTER, Permission.CHILD_VIEW, Permission.CHILD_CORRECT),
            *(Permission.CHILD_ADDRESS, Permission.RECORD_BREAK_GLASS),
            *(Permission.DOCUMENT_VIEW, Permission.DOCUMENT_ADD),
        }
    )
)
_ANSWERS_FOR_RECORDS = frozenset(
    {Permission.RECORD_RESTRICT, Permission.SIGHT_END, Permission.SIGHT_REVIEW, Permission.SEARCH_TELL}
)
_KEEPS_PREVENTION = frozenset({Permission.PREVENTION_RECORD, Permission.PREVENTION_KEEP})
_KEEPS_COMMITTEES = frozenset({Permission.COMMITTEE_VIEW, Permission.COMMITTEE_KEEP})
_CHAIRS = _KEEPS_COMMITTEES | {Permission.COMMITTEE_CHAIR}
"""Which committee is said in governance.rules."""
_IN_CMOG = frozenset({Permission.DASHBOARD_VIEW, Permission.COMMITTEE_VIEW, Permission.CMOG_CHILDREN})
_REFERS = frozenset({Permission.REFERRAL_MAKE, Permission.REFERRAL_TRACK})
_SCREENS = frozenset({Permission.SCREENING_VIEW, Permission.SCREENING_FILL_IN})
_RECORDS_MISSING = frozenset({Permission.MISSING_VIEW, Permission.MISSING_RECORD})
_SETTLES_MISSING = _RECORDS_MISSING | {Permission.MISSING_SETTLE, Permission.MISSING_FIGURES}
_READS_CASES = (
    _EVERYBODY
    | _LEADS_ACTIONS
    | frozenset(
        {
            Permission.CHILD_FIND,
            Permission.CHILD_VIEW,
            Permission.DOCUMENT_VIEW,
            Permission.SCREENING_VIEW,
            Permission.MISSING_VIEW,
            Permission.MISSING_FIGURES,
        }
    )
)

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.PRACTITIONER: _FINDS | _REFERS | _SCREENS | _RECORDS_MISSING,
    Role.TEAM_MANAGER: _FINDS
    | _ANSWERS_FOR_RECORDS
    | _REFERS
    | _SCREENS
    | _SETTLES_MISSING
    | {Permission.SCREENING_COUNTERSIGN, Permission.CASE_CHANGE, Permission.CHILD_AUDIT}
    | {Permission.PREVENTION_RECORD},
    Role.MASH: _FINDS
    | _ANSWERS_FOR_RECORDS
    | _REFERS
    | _SCREENS
    | _SETTLES_MISSING
    | {
        Permission.REFERRAL_TRIAGE,
        Permission.CHILD_AUDIT,
        Permission.CHILD_MATCH,
        Permission.CASE_CHANGE,
        Permission.SCREENING_COUNTERSIGN,
    },
    Role.CSE_COORDINATOR: _FINDS
    | _ANSWERS_FOR_RECORDS
    | _REFERS
    | _SCREENS
    | _SETTLES_MISSING
    | _KEEPS_PREVENTION
    | {Permission.MISSING_EXPORT, Permission.CHILD_AUDIT, Permission.SCREENING_COUNTERSIGN, Permission.CASE_CHANGE}
    | _IN_CMOG
    | _KEEPS_COMMITTEES,
    Role.CMOG_CHAIR: _READS_CASES | _IN_CMOG | _CHAIRS,
    Role.CMOG_MEMBER: _READS_CASES | _IN_CMOG,
    Role.SEMT_CHAIR: _EVERYBODY
    | _LEADS_ACTIONS
    | _KEEPS_PREVENTION
    | _CHAIRS
    | {Permission.PLAN_CHAIR, Permission.REPORT_VIEW, Permission.REPORT_WRITE},
    Role.SEMT_MEMBER: _EVERYBODY
    | _LEADS_ACTIONS
    | _KEEPS_PREVENTION
    | {Permission.COMMITTEE_VIEW, Permission.REPORT_VIEW},
    Role.BOARD_READER: _READS_PLAN | {Permission.COMMITTEE_VIEW, Permission.REPORT_VIEW},
    # Sees who saw what, children by reference only; reviews emergencies, and keeps a person from a record.
    Role.IG_OFFICER: _EVERYBODY | {Permission.AUDIT_READ, Permission.SIGHT_REVIEW, Permission.SIGHT_GOVERN},
    # Runs the system and sees no case content (domain.md 35).
    Role.ADMINISTRATOR: _EVERYBODY | frozenset({Permission.PEOPLE_MANAGE, Permission.INDICATOR_SET_LOAD}),
    Role.SYSTEM: frozenset(
        {
            *(Permission.SWEEP, Permission.DOCUMENT_SCAN, Permission.AUDIT_WATCH, Permission.PEOPLE_MANAGE),
            *(Permission.FIGURES_COUNT, Permission.REPORT_DRAW),
        }
    ),
    Role.PUBLIC: frozenset({Permission.REFERRAL_MAKE_PUBLICLY}),
}
