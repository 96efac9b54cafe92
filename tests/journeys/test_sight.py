"""Who sees a record: an emergency from its beginning to its review, and a record that is closed to the teams."""

import re

from tests.journeys.conftest import WindowMaker
from tests.journeys.pages import Site
from tests.journeys.steps import LEAD, MANAGER, OFFICER, add_pupil

GOVERNOR = "Sign in as the information governance officer"
REFERENCE = re.compile(r"C\d{6}")


def reference(site: Site) -> str:
    found = REFERENCE.search(site.page.locator("h1").first.inner_text())
    assert found
    return found[0]


def test_an_emergency_is_opened_seen_on_every_page_closed_and_reviewed(anyone: Site, window: WindowMaker) -> None:
    school = window()
    school.sign_in(LEAD)
    name = add_pupil(school)
    record = reference(school)
    anyone.sign_in(OFFICER)
    anyone.visit("/children/emergency/")
    anyone.fill("Our reference", record)
    anyone.fill("Why must you see the record now?", "Hurt")
    anyone.press("Open the record")
    anyone.sees("There is a problem", "Say why in 20 characters or more")
    anyone.fill("Why must you see the record now?", "She is hurt, and her school cannot be reached at night")
    anyone.select("For how long?", "2 hours")
    anyone.press("Open the record")
    assert name in anyone.heading()
    anyone.sees(f"Record {record} opened in an emergency", "What you look at is recorded and will be reviewed")
    anyone.visit("/")
    anyone.picture("emergency")
    anyone.press(f"Close record {record}")
    anyone.sees("You have closed the record again.")
    governor = window()
    governor.sign_in(GOVERNOR)
    governor.visit("/notices/")
    governor.sees(f"opened record {record} in an emergency")
    governor.follow("Emergencies")
    governor.follow(f"Review {record}", exact=False)
    governor.choose("Was it justified to open the record?", "Yes")
    governor.fill("What did you find?", "The school was closed and the child in hospital")
    governor.press("Save the review")
    governor.sees("The review has been recorded.")
    governor.follow(record)
    governor.sees("Who has sight of this record", "Added the record")
    assert name not in governor.page.content()


def test_a_manager_restricts_a_record_keeps_a_person_from_it_and_asks_to_lift_that(phone: Site) -> None:
    phone.sign_in(MANAGER)
    add_pupil(phone)
    phone.follow("Who has sight of this record")
    phone.follow("Keep a person from this record")
    phone.press("Keep them from it")
    phone.sees("There is a problem")
    phone.page.get_by_label("Person", exact=True).select_option(index=3)
    phone.fill("Why?", "A neighbour of the family")
    phone.press("Keep them from it")
    phone.sees("They were not told", "A neighbour of the family")
    phone.follow("Restrict this record")
    phone.choose("Why is the record restricted?", "Police-sensitive")
    phone.fill("What makes it necessary?", "An operation is under way")
    phone.press("Restrict the record")
    phone.sees("Restricted record", "An operation is under way")
    phone.follow("Propose to lift the restriction")
    phone.fill("Why?", "The operation is over")
    phone.press("Propose it")
    phone.sees("Another person must agree")
    phone.follow("Agree or refuse to lift the restriction")
    phone.choose("Do you agree to lift the restriction?", "Yes")
    phone.fill("Why?", "The operation is over")
    phone.press("Save your answer")
    phone.sees("Another person must agree: you proposed it yourself")


def test_the_address_is_kept_secret(no_javascript: Site) -> None:
    no_javascript.sign_in(LEAD)
    add_pupil(no_javascript)
    no_javascript.follow("Keep the address secret")
    no_javascript.fill("Why must nobody else know where the child lives?", "Her father looks for her")
    no_javascript.press("Save who sees it")
    no_javascript.sees("Only the people you chose see where the child lives.")
    no_javascript.follow("Who sees the secret address")
    no_javascript.press("It is a secret no more")
    no_javascript.sees("Where the child lives is no longer a secret.")
