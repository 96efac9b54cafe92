"""CMOG's chair, from an empty month to minutes that stand: a child stepped down, an action chased, an update agreed."""

import re
from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import WindowMaker
from tests.journeys.pages import Site

CHAIR = "Sign in as the chair of CMOG"
SEMT = "Sign in as the chair of SEMT"
BOARD = "Sign in as a member of the board"
CO_ORDINATOR = "Sign in as the CSE co-ordinator"
CMOG = "CSE and Missing Operational Group"
_days = iter([(2, 2), (2, 3), (3, 2), (3, 3)])
"""How many weeks ago the meeting was and on which day of the week: one for each way to use the site."""


def a_day(weeks: int, weekday: int) -> date:
    today = timezone.localdate()
    return today - timedelta(days=today.weekday() - weekday + 7 * weeks)


def parts(day: date) -> tuple[int, int, int]:
    return day.day, day.month, day.year


def open_committee(site: Site, name: str = CMOG) -> None:
    site.visit("/governance/committees/")
    site.go_to(site.page.get_by_role("link", name=f"Meetings, seats and terms ({name})"))


def plan(site: Site, day: date) -> None:
    open_committee(site)
    site.follow("Plan meetings")
    site.press("Save")
    site.sees("Enter the day of the first meeting")
    site.fill_date("Day of the first meeting", parts(day))
    site.fill("When does it begin?", "2pm")
    site.fill("Where?", "Civic Centre")
    site.fill("How many meetings?", "1")
    site.press("Save")


def open_meeting(site: Site) -> None:
    """The one of which nobody has said who came, the earliest."""
    open_committee(site)
    site.go_to(site.page.locator("li", has_text="Who came?").get_by_role("link").first)


def record_who_came(site: Site) -> None:
    site.follow("Record who came")
    site.press("Save")
    site.sees("Select how")
    groups = site.page.locator("main fieldset")
    for number in range(groups.count()):
        site.hands.tick(groups.nth(number).get_by_label("Attended", exact=True))
    site.press("Save")
    site.sees("Quorate")


def minute(site: Site) -> None:
    site.go_to(site.page.get_by_role("link", name=re.compile(r"Minute it.*Themes")))
    site.fill("What was said? (optional)", "Drivers see much and do not know whom to tell.")
    site.fill("What was decided? (optional)", "The number is printed on each licence.")
    site.press("Save")
    site.follow("Name a theme, a barrier or an issue")
    site.tick("Barrier")
    site.fill("What should SEMT know?", "Nobody works in the parks on Saturdays")
    site.press("Save")
    site.sees("Nobody works in the parks on Saturdays")
    site.follow("Table a person, place, group or investigation")
    site.tick("Location of concern")
    site.fill("What is it called?", "The bus station")
    site.fill("What was the meeting told?", "Cars stop there at night")
    site.press("Save")
    site.sees("The bus station")


def ask(site: Site, whom: str) -> None:
    site.follow("Ask somebody for something")
    site.fill("What is to be done?", "Ask the youth service for Saturdays")
    owner = site.page.get_by_label("Who does it?", exact=True)
    site.select("Who does it?", owner.locator("option", has_text=whom).first.inner_text())
    site.fill_date("By when?", parts(timezone.localdate() - timedelta(days=1)))
    site.press("Save")


def step_down(site: Site) -> str:
    """Go through the first child of the list; returns who it is."""
    site.follow("Go through the list")
    row = site.page.get_by_role("row").filter(has_text="Write it down").first
    name = row.get_by_role("link").first.inner_text()
    site.go_to(row.get_by_role("link", name="Write it down"))
    site.fill("What was said?", "Nobody has been worried for half a year")
    site.tick("The child is stepped down from the list")
    site.press("Save")
    site.sees("Enter why the child leaves the list")
    site.fill("Why does the child leave the list? (optional)", "A trusted adult is in place")
    site.press("Save")
    site.sees("Steps down")
    return name


def test_from_an_empty_month_to_minutes_that_stand(anyone: Site) -> None:
    day = a_day(*next(_days))
    anyone.sign_in(CHAIR)
    plan(anyone, day)
    open_meeting(anyone)
    here = anyone.path
    record_who_came(anyone)
    minute(anyone)
    ask(anyone, "Yasmin Farooqi")
    name = step_down(anyone)
    anyone.visit(here)
    anyone.press("Agree the minutes")
    anyone.sees("Minutes agreed", "Gone through: 1. Stepped down: 1.")
    anyone.picture("meeting")
    anyone.follow("Minutes to print")
    anyone.sees("Agreed by")
    anyone.visit("/governance/committees/children/")
    expect(anyone.page.get_by_role("link", name=name, exact=True)).to_have_count(0)
    anyone.sign_out()
    anyone.sign_in(CO_ORDINATOR)
    anyone.visit("/governance/committees/actions/")
    anyone.sees("Overdue")
    anyone.go_to(anyone.page.get_by_role("link", name="Ask the youth service for Saturdays").first)
    anyone.follow("It is finished")
    anyone.fill("What came of it?", "Agreed until the spring")
    anyone.press("Save")
    anyone.sees("Agreed until the spring")


def test_the_update_is_assembled_agreed_and_read_by_semt(window: WindowMaker) -> None:
    chair, semt = window(), window()
    chair.sign_in(CHAIR)
    chair.visit("/governance/committees/updates/")
    chair.follow("Assemble an update")
    chair.press("Assemble it")
    chair.fill("What SEMT is asked for", "Two evenings a month of the clinic")
    chair.press("Save")
    chair.press("Agree the update")
    chair.sees("The update has been agreed", "Two evenings a month of the clinic")
    semt.sign_in(SEMT)
    semt.visit("/governance/committees/updates/")
    semt.go_to(semt.page.get_by_role("link", name=re.compile(r"^[A-Z][a-z]+ \d{4}$")).first)
    open_committee(semt, "Sexual Exploitation, Missing and Trafficked Committee")
    semt.go_to(semt.page.locator("main .app-rows").first.get_by_role("link").first)
    semt.sees("Review of the delivery plan", "Update report from CMOG")
    semt.follow("Agenda to print")


def test_attendance_leads_to_the_board(desktop: Site) -> None:
    desktop.sign_in(CHAIR)
    open_committee(desktop)
    desktop.follow("Attendance")
    desktop.sees("Agencies", "Two absences of an agency in a row")
    desktop.visit("/governance/committees/escalations/")
    desktop.go_to(desktop.page.locator("li", has_text="Proposed").get_by_role("link").first)
    desktop.sees("Sent an apology on")
    desktop.follow("Raise it with the board")
    desktop.fill("What is it asked for?", "Name a deputy")
    desktop.press("Save")
    escalation = desktop.path
    desktop.sign_out()
    desktop.sign_in(SEMT)
    desktop.visit(escalation)
    desktop.press("The board has taken it on")
    desktop.follow("Record what the board answers")
    desktop.fill("What does the board answer?", "From next month")
    desktop.press("Save")
    desktop.sign_out()
    desktop.sign_in(BOARD)
    desktop.visit(escalation)
    desktop.sees("From next month")
    expect(desktop.page.get_by_role("link", name="Close it")).to_have_count(0)


def test_reviews_and_seats(desktop: Site) -> None:
    desktop.sign_in(CO_ORDINATOR)
    desktop.visit("/governance/committees/reviews/")
    desktop.follow("Twelve records of children on CMOG’s list")
    desktop.sees("Finding 1", "Plans are looked at at each review.")
    desktop.visit("/governance/committees/reviews/new/")
    open_committee(desktop)
    desktop.follow("Give somebody a seat")
    desktop.fill("Or their name, if they have no account (optional)", "Ada Marsh")
    desktop.select("And their agency, if they have no account (optional)", "Wulfrun Homes")
    desktop.fill_date("Since when?", (2, 11, 2026))
    desktop.press("Save")
    desktop.sees("Ada Marsh")
    desktop.follow("They hold as they stand")
    desktop.follow("Back")
    desktop.follow("Publish new ones")
