"""The month, as the chair of CMOG looks at it before the meeting."""

from playwright.sync_api import expect

from tests.journeys.pages import Site


def test_the_chair_reads_the_month_and_another(anyone: Site) -> None:
    anyone.sign_in("Sign in as the chair of CMOG")
    anyone.visit("/governance/dashboard/")
    anyone.sees("What is unusual this month", "Return interviews held within 72 hours", "Not yet collected")
    anyone.picture("dashboard")
    month = anyone.page.get_by_label("Month", exact=True).first
    other = month.locator("option").nth(3).inner_text()
    month.select_option(label=other)
    anyone.press("Show the month")
    expect(anyone.page.get_by_role("heading", level=1)).to_contain_text(other)


def test_the_chair_of_semt_is_not_shown_what_is_unsuppressed(desktop: Site) -> None:
    desktop.sign_in("Sign in as the chair of SEMT")
    expect(desktop.page.get_by_role("link", name="Dashboard")).to_have_count(0)
