"""How notices come, and who reads them while one is away."""

from tests.journeys.pages import Site
from tests.journeys.steps import LEAD, MANAGER


def test_one_says_how_notices_come_and_that_one_is_away(anyone: Site) -> None:
    anyone.sign_in(LEAD)
    anyone.visit("/notices/")
    anyone.follow("How your notices come")
    anyone.sees("These never wait")
    anyone.choose("How should your notices come by e-mail?", "Together, once a day at 7am")
    anyone.press("Save")
    anyone.sees("From now on your notices come as you chose.")
    anyone.follow("Absences: who reads notices meanwhile")
    anyone.press("Record an absence")
    anyone.press("Record the absence")
    anyone.sees("There is a problem", "Enter the first day away")
    anyone.fill_date("First day away", (27, 11, 2046))
    anyone.fill_date("Last day away", (26, 11, 2046))
    anyone.press("Record the absence")
    anyone.sees("The absence must end after it starts")
    anyone.fill_date("Last day away", (4, 12, 2046))
    anyone.press("Record the absence")
    anyone.sees("The absence has been recorded.", "Helen Marlowe", "27 November 2046")
    anyone.press("Take back", exact=False)
    anyone.sees("The absence has been ended.")


def test_a_manager_says_who_of_the_team_is_away(desktop: Site) -> None:
    desktop.sign_in(MANAGER)
    desktop.visit("/notices/absences/record/")
    desktop.select("Who will be away?", "Ruth Ashdown")
    desktop.fill_date("First day away", (27, 11, 2046))
    desktop.fill_date("Last day away", (27, 11, 2046))
    desktop.fill("Time of return on the last day (optional)", "13:00", exact=False)
    desktop.press("Record the absence")
    desktop.sees("27 November 2046 at 1:00pm")
