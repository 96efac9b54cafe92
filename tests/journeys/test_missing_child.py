"""A child who went missing: reported from school, interviewed within 72 hours, shared with those who can act."""

from datetime import datetime, timedelta

from django.utils import timezone

from frontend.text import LONDON
from tests.journeys.pages import Site
from tests.journeys.steps import LEAD, add_pupil

COORDINATOR = "Sign in as the CSE co-ordinator"


def ago(hours: float) -> datetime:
    return timezone.now().astimezone(LONDON) - timedelta(hours=hours)


def fill_moment(site: Site, asked: str, when: str, moment: datetime) -> None:
    """`asked` is the question for the day, `when` what the time is of."""
    site.fill_date(asked, (moment.day, moment.month, moment.year))
    site.fill(f"Time {when}", f"{moment:%H:%M}")


def report(site: Site) -> None:
    """From the child's page to the running clock."""
    site.follow("Report missing")
    fill_moment(site, "When was the child last seen?", "when the child was last seen", ago(10))
    site.choose("Is the child back?", "Yes")
    site.examine("return revealed")
    fill_moment(site, "When did the child return?", "when the child returned", ago(12))
    site.choose("Where did the child return to?", "Home")
    site.press("Report", status=409)
    site.sees("must be the same as or after when the child was last seen")
    fill_moment(site, "When did the child return?", "when the child returned", ago(3))
    site.press("Report")
    site.sees("due in 2 days")


def offer(site: Site) -> None:
    site.press("Offer the return interview")
    fill_moment(site, "When was the interview offered?", "it was offered", ago(2))
    site.fill("Who was it offered to?", "The child, by phone")
    site.press("Save the offer")
    site.press("Record the answer to the offer")
    site.choose("What was the answer?", "Accepted")
    fill_moment(site, "When did they answer?", "they answered", ago(1.5))
    site.press("Save the answer")


def hold(site: Site) -> None:
    """Write the interview down, leave, come back, and complete it."""
    site.follow("The interview")
    fill_moment(site, "When was the interview held?", "the interview was held", ago(1))
    site.fill("Where was it held?", "A walk in the park")
    site.fill("Who was present?", "The child and the interviewer")
    site.choose("Who held the interview?", "I did", exact=False)
    site.choose("Is the interviewer independent of where the child lives?", "Yes")
    site.press("Save and continue")
    site.fill("What did the child say, in their own words?", "“I only wanted to see my sister.”")
    site.press("Save and continue")
    site.tick("Family")
    site.press("Save and continue")
    site.fill("Where was the child?", "The tram stop\nHer sister’s flat in Dudley")
    site.press("Save and continue")
    site.press("Save and continue")
    site.sees("What you typed is saved. Some things are still missing.", "Enter the risks that you see")
    site.press("Save and come back later")
    site.follow("Risks and needs")
    site.fill("What risks do you see?", "An adult pays for the tram.")
    site.fill("What does the child need?", "Regular contact with her sister.")
    site.press("Save and continue")
    add_action(site)
    site.follow("Check and complete")
    site.press("Complete the interview")
    site.sees("Completed", "“I only wanted to see my sister.”")


def add_action(site: Site) -> None:
    site.fill("What is to be done?", "Arrange weekly contact with her sister")
    site.select("Who does it?", "Yasmin Farooqi, Exploitation and Missing Hub")
    due = ago(-24 * 7)
    site.fill_date("By what day?", (due.day, due.month, due.year))
    site.press("Save")


def share(site: Site, episode: str, team: str) -> None:
    site.visit(episode)
    site.sees("held in time")
    site.picture("missing-episode")
    site.press("Share the interview with partners")
    site.tick(team)
    site.press("Share", status=200)
    site.sees("Select the lawful basis")
    site.choose("What do you share?", "The interview’s summary and actions")
    site.fill("For what purpose?", "So that school knows what to watch for")
    site.choose("On what lawful basis?", "Public task", exact=False)
    site.choose("Was consent asked?", "Asked, and given")
    site.press("Share")


def test_a_child_is_reported_interviewed_and_helped(everyone: Site) -> None:
    everyone.sign_in(LEAD)
    add_pupil(everyone)
    report(everyone)
    episode = everyone.path
    everyone.sign_in(COORDINATOR)
    everyone.visit(episode)
    offer(everyone)
    hold(everyone)
    share(everyone, episode, "Safeguarding, Tettenford Academy")
    everyone.sign_in(LEAD)
    everyone.visit("/notices/")
    everyone.press("Read it and acknowledge it", exact=False)
    everyone.press("Acknowledge for your team")
    everyone.sees("Helen Marlowe")


def test_the_coordinator_chases_what_is_late(desktop: Site) -> None:
    """From the board to the late interview, a wrong time put right, and the figures with the children behind them."""
    desktop.sign_in(COORDINATOR)
    desktop.visit("/missing/")
    desktop.sees("Missing now", "overdue by")
    desktop.picture("missing-board")
    desktop.select("Clock", "Hold the return interview")
    desktop.press("Apply filters")
    clocks = desktop.page.get_by_role("region", name="Running clocks")  # the board above it marks high risk likewise
    desktop.go_to(clocks.locator(".app-board__line--overdue").get_by_role("link").first)
    desktop.sees("overdue by")
    desktop.follow("Correct a date or a time")
    desktop.choose("What was recorded wrongly?", "When the child returned")
    fill_moment(desktop, "When was it really?", "when it really was", ago(20))
    desktop.fill("Why is it corrected?", "The placement rang: it was later")
    desktop.press("Save the correction", status=409)
    desktop.sees("A prevention check was made before that")
    fill_moment(desktop, "When was it really?", "when it really was", ago(89.5))
    desktop.press("Save the correction")
    desktop.sees("overdue by 17 h", "The placement rang: it was later")
    desktop.visit("/missing/figures/")
    desktop.picture("missing-figures")
    desktop.go_to(desktop.page.get_by_role("table").first.get_by_role("link").first)
    desktop.sees("episode")
    desktop.visit("/missing/returns/ssda903/")
    with desktop.page.expect_download() as downloading:
        desktop.one("button", "Download the file (CSV)").click()
    assert downloading.value.path().read_text(encoding="utf-8-sig").startswith("CHILD,DOB,MISSING,MIS_START,MIS_END")
