"""The delivery plan: its chair gives an action to somebody, who says how it goes, until the chair accepts it."""

from playwright.sync_api import expect

from tests.journeys.conftest import WindowMaker
from tests.journeys.pages import Site

CHAIR = "Sign in as the chair of SEMT"
ACTIONS = (
    b"Pillar,Action,Lead,Due\n"
    b"Prevention,Teach night workers what to see,Yasmin Farooqi,30/06/2027\n"
    b"Prevention,Something else,Nobody At All,\n"
)
BOARD = "Sign in as a member of the board"
CO_ORDINATOR = "Sign in as the CSE co-ordinator"
_numbers = iter([1, 3, 5, 6])
"""Actions of which the demonstration tells nothing: one for each way to use the site."""


def open_action(site: Site, number: int) -> None:
    site.visit("/plan/")
    site.follow(f"{number}. ", exact=False)


def give(chair: Site, number: int) -> None:
    """Set the action up: a lead, a day and a measure whose target is forgotten no more than its measure."""
    open_action(chair, number)
    chair.follow("Set up the action")
    chair.page.get_by_label("Who leads it").select_option(label=_option(chair, "Yasmin Farooqi"))
    chair.fill_date("Due", (30, 6, 2027))
    chair.fill("Target of the live measure (optional)", "100000")
    chair.press("Save")
    chair.sees("Choose the live measure that this is the target of")
    chair.select("Live measure (optional)", "Screenings submitted")
    chair.press("Save")
    chair.sees("Yasmin Farooqi", "The same as a table")


def _option(site: Site, name: str) -> str:
    return site.page.get_by_label("Who leads it").locator("option", has_text=name).first.inner_text()


def add_milestone(chair: Site) -> None:
    """Forgotten day first, then moved."""
    chair.follow("Add a milestone")
    chair.fill("Milestone", "Every team has named somebody")
    chair.press("Save")
    chair.sees("Enter the day it is due")
    chair.fill_date("Due", (30, 11, 2027))
    chair.press("Save")
    chair.follow("Change", exact=False)
    chair.fill_date("Due", (31, 1, 2028))
    chair.press("Save")
    chair.sees("Every team has named somebody, due 31 January 2028")


def show_evidence(lead: Site) -> None:
    """What is no document is refused beside the file; a letter is added, and withdrawn because it names a child."""
    lead.follow("Add evidence")
    lead.fill("What shows that something was done?", "How interviews are allocated")
    choose_file(lead, "rota.exe", b"MZ\0\0")
    lead.press("Save")
    lead.sees("The selected file must be a PDF")
    choose_file(lead, "rota.txt", b"On the day of the return.")
    lead.press("Save")
    lead.sees("How interviews are allocated", "checked for viruses")
    lead.follow("Withdraw", exact=False)
    lead.press("Withdraw it")
    lead.sees("Enter why nobody should open it any more")
    lead.fill("Why should nobody open it any more?", "It names a child")
    lead.press("Withdraw it")
    lead.sees("It names a child")


def raise_barrier(lead: Site) -> None:
    lead.follow("Say what stands in the way")
    lead.fill("What stands in the way?", "One interviewer is ill")
    lead.fill_date("Since when?", (2, 11, 2026))
    lead.fill("Who can lift it?", "The head of service")
    lead.press("Save")
    lead.sees("Blocked")


def choose_file(site: Site, name: str, content: bytes) -> None:
    file = site.page.get_by_label("File (optional)", exact=True)
    file.set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})


def write(lead: Site, number: int) -> None:
    """A draft that is kept, sent as green, and kept back by the figures until there is a reason."""
    lead.visit("/plan/mine/")
    lead.follow(f"{number}. ", exact=False)
    lead.follow("Write an update")
    lead.fill("What was done, and what comes next", "Every team has a named interviewer.")
    lead.tick("Green: on track")
    lead.fill("Why?", "Interviews are allocated on the day.")
    lead.press("Save the draft")
    lead.sees("Your draft has been saved")
    lead.press("Send to the chair")
    lead.sees("Say why this is green although the figures say")
    lead.fill("If it is green and the figures say otherwise, why? (optional)", "Two agencies send theirs on paper.")
    lead.press("Send to the chair")
    lead.sees("Your update has been sent to the chair")


def test_an_action_is_given_written_about_and_accepted(anyone: Site) -> None:
    number = next(_numbers)
    anyone.sign_in(CHAIR)
    give(anyone, number)
    add_milestone(anyone)
    anyone.sign_out()
    anyone.sign_in(CO_ORDINATOR)
    write(anyone, number)
    show_evidence(anyone)
    anyone.press("It has been reached", exact=False)
    anyone.sees("Reached on")
    raise_barrier(anyone)
    anyone.sign_out()
    anyone.sign_in(CHAIR)
    open_action(anyone, number)
    anyone.follow("Send it back")
    anyone.fill("What should be written differently?", "Say what was agreed with the placement.")
    anyone.press("Send it back")
    anyone.sees("Sent back: Say what was agreed")
    anyone.sign_out()
    anyone.sign_in(CO_ORDINATOR)
    open_action(anyone, number)
    anyone.follow("Write an update")
    anyone.sees("Sent back by the chair")
    anyone.press("Send to the chair")
    anyone.follow("It has been lifted", exact=False)
    anyone.fill_date("When was it lifted?", (3, 11, 2026))
    anyone.fill("How?", "A colleague holds her interviews")
    anyone.press("Save")
    anyone.sign_out()
    anyone.sign_in(CHAIR)
    open_action(anyone, number)
    anyone.press("Accept this update")
    anyone.sees("The update has been accepted", "Figures say otherwise", "Green despite the figures, because")
    anyone.follow("Back to the plan")
    anyone.picture("delivery-plan")
    anyone.follow("What changed")
    anyone.sees("Every team has a named interviewer.")
    anyone.follow("Barriers")


def test_two_who_write_at_once_see_both_texts(window: WindowMaker) -> None:
    chair, lead = window(), window()
    for site, card in ((chair, CHAIR), (lead, CO_ORDINATOR)):
        site.sign_in(card)
    give(chair, 7)
    open_action(lead, 7)
    for site in (lead, chair):
        open_action(site, 7)
        site.follow("Write an update")
        site.fill("What was done, and what comes next", f"Written by {site.who}")
        site.tick("Amber: at risk")
        site.fill("Why?", "Half of it is done")
    lead.press("Save the draft")
    chair.press("Save the draft")
    chair.sees("What was saved meanwhile", "What you have typed", f"Written by {CO_ORDINATOR}")
    kept = chair.page.get_by_label("What was done, and what comes next", exact=True)
    expect(kept).to_have_value(f"Written by {CHAIR}")


def test_the_board_reads_and_changes_nothing(desktop: Site) -> None:
    desktop.sign_in(BOARD)
    open_action(desktop, 8)
    desktop.sees("Green despite the figures, because", "are shown to those who may see the children behind them")
    expect(desktop.page.get_by_role("link", name="Write an update")).to_have_count(0)
    expect(desktop.page.get_by_role("link", name="Set up the action")).to_have_count(0)


def test_actions_from_a_file_are_looked_at_recorded_and_taken_back(anyone: Site) -> None:
    anyone.sign_in(CHAIR)
    anyone.visit("/plan/")
    anyone.follow("Add actions from a file")
    anyone.press("See what it would change")
    anyone.sees("Select a file")
    anyone.page.get_by_label("File", exact=True).set_input_files(
        {"name": "plan.csv", "mimeType": "text/csv", "buffer": ACTIONS}
    )
    anyone.press("See what it would change")
    anyone.sees("Nothing has been recorded yet", "Nobody who may lead an action is called “Nobody At All”")
    anyone.press("Record this list")
    anyone.sees("The list has been recorded.")
    anyone.visit("/plan/")
    anyone.sees("Teach night workers what to see")
    anyone.follow("Add actions from a file")
    anyone.follow("Recorded, ", exact=False)
    anyone.press("Undo this list")
    anyone.sees("What the list recorded has been taken back.")
    anyone.visit("/plan/")
    expect(anyone.page.get_by_text("Teach night workers what to see")).to_have_count(0)


def test_what_was_found_becomes_an_action_and_each_leads_to_the_other(desktop: Site) -> None:
    desktop.sign_in(CHAIR)
    desktop.visit("/prevention/services/")
    desktop.follow("Say what is missing")
    desktop.fill("What is missing?", "Nobody to talk to at night")
    desktop.tick("Children and young people")
    desktop.fill_date("Since when is it known?", (2, 11, 2026))
    desktop.press("Save")
    gap = desktop.page.get_by_role("listitem").filter(has_text="Nobody to talk to at night")
    desktop.go_to(gap.get_by_role("link", name="Make it an action of the plan"))
    desktop.sees("It arises from: A gap in services, known since 2 November 2026")
    desktop.press("Add the action")
    desktop.sees("Select the pillar")
    desktop.tick("Prevention")
    desktop.fill("What is to be done?", "Have somebody answer at night")
    desktop.press("Add the action")
    desktop.sees("The action has been added. Say who leads it.")
    desktop.follow("Back")
    desktop.follow("A gap in services, known since 2 November 2026")
    desktop.go_to(gap.get_by_role("link", name="Action"))
    desktop.sees("Have somebody answer at night")


def test_the_plan_is_looked_through_and_taken_along(desktop: Site) -> None:
    desktop.sign_in(BOARD)
    desktop.visit("/plan/")
    desktop.follow("blocked, all", exact=False)
    desktop.sees("14. Develop disruption plans")
    expect(desktop.page.get_by_role("link", name="17. West Midlands Police", exact=False)).to_have_count(0)
    desktop.follow("Show all actions")
    name, content = desktop.download("link", "Download the plan (PDF)")
    assert name == "OFFICIAL-SENSITIVE_delivery_plan.pdf"
    assert content.startswith(b"%PDF")
    name, content = desktop.download("link", "Download the plan (CSV)")
    assert name == "OFFICIAL-SENSITIVE_delivery_plan.csv"
    assert len(content.splitlines()) > 21
