"""The training register, as the CSE co-ordinator keeps it, and the registers beside it."""

from playwright.sync_api import expect

from tests.journeys.pages import Site
from tests.journeys.steps import LEAD, add_pupil

CO_ORDINATOR = "Sign in as the CSE co-ordinator"
_titles = iter(["Signs at the desk", "Signs by keyboard"])
LIST = (
    b"Name,Email or reference,Agency,Role\n"
    b"Ada Marsh,ada.marsh@example.org,West Midlands Police,Police officer or staff\n"
)


def test_a_course_is_held_and_a_list_recorded_and_taken_back(anyone: Site) -> None:
    title = next(_titles)
    anyone.sign_in(CO_ORDINATOR)
    anyone.visit("/prevention/")
    anyone.sees("Who has had training that counts")
    anyone.follow("Courses and sessions")
    anyone.follow("Add a course")
    anyone.press("Save")
    anyone.sees("Enter the title")
    anyone.fill("Title", title)
    anyone.tick("Screening and risk assessment forms")
    anyone.choose("Who is it for?", "People of several agencies together")
    anyone.fill("For how many months does it count? (optional)", "24")
    anyone.press("Save")
    anyone.follow("Change the course")
    anyone.fill("For how many months does it count? (optional)", "36")
    anyone.press("Save")
    anyone.sees("36 months")
    anyone.follow("Add a session")
    anyone.fill_date("When was it held?", (2, 11, 2026))
    anyone.press("Save")
    anyone.follow("Record who was there")
    anyone.fill("Full name", "Ida Lund")
    anyone.fill("Email or reference", f"{title.replace(' ', '.').lower()}@example.org")
    anyone.select("Agency", "West Midlands Police")
    anyone.select("Role", "Police officer or staff")
    anyone.press("Save")
    anyone.sees("Ida Lund")
    anyone.follow("Add a list from a file")
    anyone.page.get_by_label("File", exact=True).set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST}
    )
    anyone.press("See what it would change")
    anyone.sees("Nothing has been recorded yet", "Ada Marsh")
    expect(anyone.page.get_by_text("Saved.", exact=True)).to_have_count(0)
    anyone.press("Record this list")
    anyone.sees("The list has been recorded.")
    anyone.press("Undo this list")
    anyone.sees("What the list recorded has been taken back.")


def test_the_registers_beside_it(anyone: Site) -> None:
    anyone.sign_in(CO_ORDINATOR)
    for place, heading, add in (
        ("campaigns", "Awareness campaigns", "Add a campaign"),
        ("services", "Services directory", "Add a service"),
        ("resources", "Strategy and resources", "Add a resource"),
        ("assessments", "Self-assessments", "Begin a self-assessment"),
        ("early-help", "Children stepped to early help", "Early help that has ended"),
    ):
        anyone.visit(f"/prevention/{place}/")
        anyone.sees(heading)
        anyone.follow(add)
    anyone.visit("/prevention/records/")
    anyone.sees("How complete agencies’ records are, and how timely", "By agency, all fields")
    anyone.visit("/prevention/training/ending-soon/")
    anyone.visit("/prevention/training/staff/")


def test_an_agency_scores_itself_and_is_moderated(desktop: Site) -> None:
    desktop.sign_in(CO_ORDINATOR)
    desktop.visit("/prevention/assessments/")
    desktop.follow("Begin a self-assessment")
    desktop.select("Which agency?", "Pennfold Girls' School")
    desktop.press("Begin")
    desktop.fill("What shows it, for standard 1?", "The list of who was there")
    desktop.press("Save")
    desktop.sees("Select a score for standard 1")
    for standard in ("1. ", "2. ", "3. "):
        desktop.choose(standard, "In place, and known to work")
        desktop.fill(f"What shows it, for standard {standard[0]}?", "The list of who was there")
    desktop.press("Save")
    desktop.press("Send it to be moderated")
    desktop.follow("Moderate standard 1")
    desktop.sees("The agency says that this is in place, and known to work.")
    desktop.tick("Partly in place")
    desktop.press("Save")
    desktop.sees("Enter why it should stand")
    desktop.fill("Why?", "Nobody at the desk had heard of it")
    desktop.press("Save")
    desktop.press("Let the scores stand")
    desktop.sees("Nobody at the desk had heard of it", "As scored", "Nothing yet")
    desktop.follow("Self-assessments")
    desktop.sees("67% (2 of 3)")


def test_a_procedure_stands_on_the_form_where_it_is_needed(desktop: Site) -> None:
    desktop.sign_in(LEAD)
    add_pupil(desktop)
    desktop.press("Start a screening", exact=False)
    desktop.follow("When a child tells you")
    desktop.sees("Listen. Promise nothing.")
