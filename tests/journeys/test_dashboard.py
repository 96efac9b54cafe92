"""The month, as the chair of CMOG looks at it before the meeting."""

from playwright.sync_api import expect

from tests.journeys.pages import Site

TWO_SCREENS = 2 * 1000


def test_the_chair_reads_the_month_and_another(anyone: Site) -> None:
    anyone.sign_in("Sign in as the chair of CMOG")
    anyone.visit("/governance/dashboard/")
    anyone.sees("What is unusual this month", "Return interviews held within 72 hours", "Not yet collected:")
    anyone.picture("dashboard")
    month = anyone.page.get_by_label("Month", exact=True).first
    other = month.locator("option").nth(3).inner_text()
    month.select_option(label=other)
    anyone.press("Show the month")
    expect(anyone.page.get_by_role("heading", level=1)).to_contain_text(other)
    pack = anyone.page.get_by_role("region", name="The data pack")
    anyone.go_to(pack.get_by_role("row", name="Screenings submitted").get_by_role("link"))
    anyone.sees("Screenings submitted", "that you may see")
    anyone.follow("The month")
    anyone.follow("Charts of thirteen months")
    anyone.sees("Thirteen months of each figure", f"Up to {other}", "Return interviews held within 72 hours")


def test_the_month_is_two_screens(desktop: Site) -> None:
    desktop.sign_in("Sign in as the chair of CMOG")
    desktop.visit("/governance/dashboard/")
    assert desktop.page.evaluate("document.documentElement.scrollHeight") <= TWO_SCREENS


def test_the_chair_of_semt_is_not_shown_what_is_unsuppressed(desktop: Site) -> None:
    desktop.sign_in("Sign in as the chair of SEMT")
    expect(desktop.page.get_by_role("link", name="Dashboard")).to_have_count(0)
