"""Information governance: who saw this child, what this person saw, why somebody opened so many records, and whether
the log is as it was written."""

from playwright.sync_api import expect

from tests.journeys.conftest import WindowMaker, ask_the_database, manage
from tests.journeys.pages import Site
from tests.journeys.steps import LEAD, OFFICER, add_pupil
from tests.journeys.test_sight import GOVERNOR, reference
from tests.stack.place import Place

MANY = 6
WATCH = f"""
from django.conf import settings
from oversight.tasks import watch
settings.UNUSUAL_VOLUME = {{"most_in_hour": {MANY - 1}}}
watch()
"""

CHANGE = "update audit_event set reason = {} where id = (select min(id) from audit_event)"


def signed_in(site: Site, window: WindowMaker) -> tuple[str, str]:
    """A school adds a pupil, of whom the officer is told the reference; her name, and it."""
    school = window()
    school.sign_in(LEAD)
    name = add_pupil(school)
    site.sign_in(GOVERNOR)
    site.visit("/log/")
    return name, reference(school)


def test_who_saw_this_child(anyone: Site, window: WindowMaker) -> None:
    name, record = signed_in(anyone, window)
    anyone.press("Look up")
    anyone.sees("There is a problem", "Enter the reference of a child, or a person’s name or e-mail address")
    anyone.fill("Reference of a child", "Amy")
    anyone.press("Look up")
    anyone.sees("Enter a reference as it stands on the record, for example C000017")
    anyone.fill("Reference of a child", record)
    anyone.press("Look up")
    assert record in anyone.heading()
    anyone.sees("Who saw this child", "Looked at: child", "Register: child")
    anyone.select("What", "Looks at a record")
    anyone.press("Apply filters")
    anyone.sees("Looked at: child")
    expect(anyone.page.get_by_text("Register: child")).to_have_count(0)
    assert name.split()[1] not in anyone.page.content()
    file, content = anyone.download("button", "Export as a spreadsheet (CSV)")
    assert file.endswith(".csv")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == "When,Who,Agency,What,Children,Reason,Address"
    assert all("Looked at: child" in line for line in lines[1:])
    anyone.visit(anyone.path.partition("?")[0])
    anyone.sees("Export child log")  # this look and the file are in the log themselves


def test_what_a_person_saw_and_did(anyone: Site, window: WindowMaker) -> None:
    _, record = signed_in(anyone, window)
    anyone.fill("Name or e-mail address of a person", "Nobody Of This Name")
    anyone.press("Look up")
    anyone.sees("Nobody who uses this site is called that.")
    lead = "Helen Marlowe"
    anyone.fill("Name or e-mail address of a person", lead.split()[-1])
    anyone.press("Look up")
    anyone.follow(lead)
    assert lead in anyone.heading()
    anyone.sees("What this person saw and did", record)
    anyone.fill_date("To", (31, 2, 2026))
    anyone.press("Apply filters")
    anyone.sees("There is a problem")
    expect(anyone.group("To").get_by_label("Day", exact=True)).to_have_value("31")


def test_so_many_records_are_noticed_told_and_looked_into(phone: Site, window: WindowMaker, place: Place) -> None:
    officer = window()
    officer.sign_in(OFFICER)
    officer.visit("/mash/")
    rows = officer.page.get_by_role("table").get_by_role("row").get_by_role("link")
    for path in {rows.nth(number).get_attribute("href") or "" for number in range(rows.count())}:
        officer.visit(path)
    manage(place, "shell", "-c", WATCH)
    phone.sign_in(GOVERNOR)
    phone.visit("/notices/")
    phone.sees("opened the records of")
    phone.visit("/log/")
    phone.sees("Unusually many records opened", "Not looked into yet")
    region = phone.page.get_by_role("region", name="Unusually many records opened")
    phone.go_to(region.get_by_role("link").first)
    phone.sees("Children within an hour", "From how many on it is unusual is a local rule")
    phone.press("Record what you found")
    phone.sees("Enter what you found")
    phone.fill("What did you find?", "The queue of a colleague who is ill was read through.")
    phone.press("Record what you found")
    phone.sees("What you found has been recorded.", "The queue of a colleague who is ill")
    phone.go_to(
        region.get_by_role("link", name=phone.page.get_by_role("row").last.get_by_role("link").inner_text()).last
    )
    phone.sees("Looked into", "What was found")


def test_whether_the_log_is_as_it_was_written(anyone: Site, place: Place) -> None:
    manage(place, "shell", "-c", "from audit import seals; seals.seal()")
    anyone.sign_in(GOVERNOR)
    anyone.visit("/log/")
    anyone.follow("Verify the log")
    anyone.sees("Verifying the audit log", "The newest seal")
    verified(anyone)
    assert "Intact" in card(anyone)
    change(place, "reason || 'x'")
    try:
        verified(anyone)
        assert "Not intact" in card(anyone)
        anyone.sees("What to do now", "An event of the log, number", "It was changed after seal")
        anyone.visit("/notices/")
        anyone.sees("The audit log is not as it was written")
    finally:
        change(place, "left(reason, -1)")
    anyone.visit("/log/verification/")
    verified(anyone)
    assert "Not intact" not in card(anyone)


def change(place: Place, reason: str) -> None:
    """The first event of the log, as only the database's superuser can."""
    ask_the_database(place, "set session_replication_role = replica", CHANGE.format(reason))


def verified(site: Site) -> None:
    """Asked for, and done by the worker while the page keeps itself up to date, or without a script is opened again."""
    site.press("Verify the log now")
    site.sees("The log is being verified. It goes on when you leave this page.")
    while not site.javascript and site.page.get_by_role("link", name="See how far it is").count():
        site.page.wait_for_timeout(1000)
        site.visit("/log/verification/?keep=1")
    expect(site.page.get_by_role("button", name="Verify the log now")).to_be_visible(timeout=60_000)


def card(site: Site) -> str:
    return site.page.locator(".govuk-summary-card", has_text="Last verified").inner_text()


def test_nobody_else_reads_the_log(desktop: Site) -> None:
    desktop.sign_in(OFFICER)
    expect(desktop.page.get_by_role("link", name="Audit log")).to_have_count(0)
    desktop.visit("/log/", status=403)
