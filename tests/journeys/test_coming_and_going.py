"""The shortest story: come in by a role card, see what waits, go."""

from tests.journeys.pages import Site


def test_a_newcomer_signs_in_by_a_card_and_out_again(anyone: Site) -> None:
    anyone.visit("/")
    anyone.visit("/demo/")
    anyone.press("Sign in as the school's safeguarding lead")
    assert anyone.path == "/"
    anyone.sees("Helen Marlowe")
    anyone.sign_out()
    anyone.visit("/notices/", status=200)
    assert anyone.path.startswith("/account/sign-in/")


def test_an_address_that_leads_nowhere_helps_on(desktop: Site) -> None:
    desktop.visit("/no-such-page/", status=404)
    desktop.sees("999")
