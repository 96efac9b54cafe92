"""A school's safeguarding lead screens a pupil: find, add, fill in, leave and come back, check, submit."""

from playwright.sync_api import expect

from tests.journeys.pages import Site
from tests.journeys.steps import LEAD, add_pupil

SERIOUS = (
    "Periods of absence/missing (day & night)",
    "Relationship of concern with a controlling adult (male or female) or young person",
    "Entering/leaving vehicles driven by unknown adults (not car theft)",
    "Unexplained amounts of money, expensive clothes or other items",
    "Frequenting areas known for risky activities",
    "Groomed/abused via the Internet and mobile technology",
    "Having unexplained contact with hotels, taxi companies or fast food outlets",
    "Recurring Sexually Transmitted Infections/ Repeat Terminations",
)


def answer_every(site: Site, option: str) -> None:
    """The same answer to every indicator of the page."""
    for group in site.page.get_by_role("group").all():
        radio = group.get_by_label(option, exact=True)
        if radio.count() == 1 and not group.locator("[role=group], fieldset").count():
            site.hands.tick(radio)


def fill_in_danger(site: Site) -> None:
    site.follow("Immediate danger")
    site.choose("Is the child in immediate danger now?", "No")
    site.press("Save and continue")


def fill_in_evidence(site: Site, indicator: str, *, evidence: str, source: str) -> None:
    group = site.group(indicator).locator("xpath=ancestor::div[contains(@class,'app-reveal-group')]").first
    site.fill("What is the evidence?", evidence, within=group)
    site.fill("Where does this information come from?", source, within=group)


def fill_in_serious(site: Site) -> None:
    """One indicator current; its evidence is asked for when it is forgotten."""
    site.follow("Serious indicators")
    answer_every(site, "No")
    site.choose(SERIOUS[2], "Current (within 6 months)")
    site.examine("evidence revealed")
    site.press("Save and continue")
    site.sees("Enter the evidence for “Entering/leaving vehicles")  # saved, but not complete
    fill_in_evidence(site, SERIOUS[2], evidence="A silver car waits at the gate on Fridays.", source="Site manager")
    site.picture("screening-indicators")
    site.press("Save and continue")


def fill_in_the_rest(site: Site, analysis: str) -> None:
    site.follow("Exchange, technology and abuse model")
    site.tick("Gifts")
    site.choose("Did any of it happen through a phone, the internet or a game?", "No")
    site.press("Save and continue")
    site.follow("The child’s own words, and your analysis")
    site.fill("What has the child said, in their own words?", "“He is just a friend.”")
    site.fill("Your analysis", analysis)
    site.press("Save and continue")


def test_a_pupil_is_screened_and_the_screening_goes_to_mash(everyone: Site) -> None:
    everyone.sign_in(LEAD)
    name = add_pupil(everyone)
    everyone.press("Start a screening", exact=False)
    everyone.sees(f"Screening of {name}")
    fill_in_danger(everyone)
    fill_in_serious(everyone)
    everyone.follow("Significant indicators")
    answer_every(everyone, "Not known")
    everyone.press("Save and come back later")
    everyone.sees("19 of 19 answered")
    fill_in_the_rest(everyone, "She is collected by an adult nobody knows. She absconded from a lesson to meet him.")
    everyone.picture("screening-task-list")

    everyone.follow("Check your answers and submit")
    everyone.sees("SERIOUS because: 1 Serious indicator is current", "went missing")
    everyone.tick("Serious")
    everyone.picture("screening-check")
    everyone.press("Submit screening")
    everyone.sees("has been submitted", "A silver car waits at the gate on Fridays.")
    everyone.picture("screening-submitted")
    everyone.visit("/referrals/")
    everyone.sees(name, "Waiting for MASH")


def test_a_lower_judgement_asks_for_a_reason_and_waits(desktop: Site) -> None:
    desktop.sign_in(LEAD)
    add_pupil(desktop)
    desktop.press("Start a screening", exact=False)
    fill_in_danger(desktop)
    desktop.follow("Serious indicators")
    answer_every(desktop, "No")
    desktop.press("Save and continue")
    desktop.follow("Significant indicators")
    answer_every(desktop, "No")
    desktop.choose("Whereabouts unclear or unknown", "Current (within 6 months)")
    fill_in_evidence(desktop, "Whereabouts unclear", evidence="Late home twice.", source="Mother")
    desktop.press("Save and continue")
    fill_in_the_rest(desktop, "Her mother now knows that she was at a club after school.")
    desktop.follow("Check your answers and submit")
    desktop.tick("No current risk")
    desktop.press("Submit screening")
    desktop.sees("Enter why your judgement differs from the suggested level")
    desktop.fill("Why does your judgement differ from the suggested level?", "There is an innocent explanation.")
    desktop.press("Submit screening")
    desktop.sees("waits for a countersignature", "Significant")


def test_what_was_typed_survives_a_closed_browser(desktop: Site) -> None:
    """Autosave: nobody pressed a button."""
    desktop.sign_in(LEAD)
    name = add_pupil(desktop)
    desktop.press("Start a screening", exact=False)
    desktop.follow("The child’s own words, and your analysis")
    desktop.fill("Your analysis", "Typed and never saved by hand.")
    expect(desktop.page.locator("[data-autosave-status]")).to_contain_text("Saved at", timeout=10_000)
    desktop.page.context.clear_cookies()
    desktop.sign_in(LEAD)
    desktop.follow("Screenings")
    row = desktop.page.get_by_role("row").filter(has_text=name)
    desktop.go_to(row.get_by_role("link").first)
    desktop.follow("The child’s own words, and your analysis")
    expect(desktop.page.get_by_label("Your analysis")).to_have_value("Typed and never saved by hand.")


def test_a_session_that_ended_loses_nothing(desktop: Site) -> None:
    desktop.sign_in(LEAD)
    add_pupil(desktop)
    desktop.press("Start a screening", exact=False)
    desktop.follow("Exchange, technology and abuse model")
    desktop.page.context.clear_cookies(name="session")
    desktop.fill("What did the child need or want that was used against them?", "Somewhere to sleep")
    desktop.press("Save and continue", status=401)
    desktop.who = "visitor"
    desktop.press("Choose a role without a password")
    desktop.press(LEAD)
    field = desktop.page.get_by_label("What did the child need or want that was used against them?")
    expect(field).to_have_value("Somewhere to sleep")
