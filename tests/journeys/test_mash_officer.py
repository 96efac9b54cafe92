"""MASH: a worry arrives from somebody without an account, and is triaged until the child is helped."""

from playwright.sync_api import expect

from tests.journeys.conftest import WindowMaker
from tests.journeys.pages import Site
from tests.journeys.steps import LEAD, MANAGER, OFFICER, add_pupil, decide, grade, open_from_queue

_names = iter(["Perpetua Oakhanger", "Cosmo Wetherlam", "Ianthe Rowbarrow", "Lysander Coldfell", "Zennor Hathersage"])


def tell_us(site: Site, name: str) -> None:
    """What somebody without an account writes."""
    site.visit("/tell-us/")
    site.choose("Is someone in danger right now?", "No")
    site.fill("What are you worried about?", "An older man waits for her outside the chip shop every night.")
    site.tick("A friend")
    site.fill("What is the child’s name?", name)
    site.fill("How old are they?", "13")
    site.choose("Can we contact you?", "No")
    site.press("Send")
    site.sees("We have your message")


def ask_the_police(site: Site) -> None:
    site.press("Ask an agency")
    site.select("Which agency did you ask?", "West Midlands Police")
    site.press("Save")
    site.follow("Record the answer", exact=False)
    site.fill("What do they know?", "Two reports of a man in a white van near the shop.")
    site.fill("Who answered?", "PC Amin, MASH police desk")
    site.press("Save the answer")


def test_a_friends_worry_becomes_help(everyone: Site) -> None:
    name = next(_names)
    tell_us(everyone, name)
    everyone.sign_in(OFFICER)
    everyone.visit("/mash/")
    everyone.picture("mash-queue")
    open_from_queue(everyone, name)
    everyone.press("Accept")
    everyone.sees("Daniel Okoye has this referral")
    grade(everyone)
    ask_the_police(everyone)
    everyone.press("Decide")
    everyone.tick("Early help")
    everyone.examine("team revealed")
    everyone.page.get_by_label("Which team takes the case?").select_option(index=1)
    everyone.fill("Why?", "A worker will meet her at school this week.")
    everyone.press("Save the decision")
    everyone.sees("Decided: Early help")
    everyone.picture("mash-referral")


def test_the_school_hears_what_became_of_its_referral(window: WindowMaker) -> None:
    lead, officer = window(), window()
    lead.sign_in(LEAD)
    name = add_pupil(lead)
    lead.press("Make a referral", exact=False)
    lead.fill("What worries you?", "She was seen twice at a hotel with a man who is not her father.")
    lead.choose("Is the child in immediate danger now?", "No")
    lead.choose("Is there any sign of trafficking?", "No")
    lead.choose("Does the child know that you are telling us?", "No")
    lead.choose("Do the parents or carers know?", "No")
    lead.press("Send to MASH")
    officer.sign_in(OFFICER)
    open_from_queue(officer, name)
    officer.press("Accept")
    grade(officer)
    officer.press("Tell the referrer it arrived")
    officer.press("Tell them")
    officer.press("Decide")
    decide(officer, "Advice", "The school keeps watch and rings us at once.")
    officer.press("Tell the referrer what became of it")
    officer.fill("What do you tell the referrer?", "Thank you. Please ring us whenever she is absent.")
    officer.press("Tell them and close")
    lead.visit("/notices/")
    lead.visit("/referrals/")
    lead.follow(name)
    lead.sees("Thank you. Please ring us whenever she is absent.", "Advice")


def test_two_officers_decide_at_once_and_one_sees_what_happened(window: WindowMaker) -> None:
    name = next(_names)
    visitor, first, second = window(), window(), window()
    tell_us(visitor, name)
    first.sign_in(OFFICER)
    open_from_queue(first, name)
    first.press("Accept")
    grade(first)
    second.sign_in(MANAGER)
    second.visit(first.path)
    for officer in (first, second):
        officer.press("Decide")
    decide(first, "Advice", "The school will keep watch.")
    decide(second, "No further action", "A long reason that must not be lost.", status=409)
    second.sees("What happened last", "Decided: Advice")
    expect(second.page.get_by_label("Why?")).to_have_value("A long reason that must not be lost.")
