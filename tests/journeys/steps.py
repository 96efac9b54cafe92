"""Steps that several journeys share."""

from tests.journeys.pages import Site

LEAD = "Sign in as the school's safeguarding lead"
OFFICER = "Sign in as a MASH officer"
MANAGER = "Sign in as the MASH manager"

# Unlike each other in name and birthday, or the search for near matches would rightly stop a journey.
_pupils = iter(
    [
        ("Wren Larkspurr", (27, 3, 2012)),
        ("Odile Fennimoor", (4, 11, 2010)),
        ("Tansy Quillbrook", (19, 6, 2013)),
        ("Marigold Upthorpe", (8, 1, 2011)),
        ("Juno Breckenfold", (30, 9, 2009)),
        ("Saskia Dovewell", (12, 12, 2012)),
        ("Ottilie Crakemoss", (23, 5, 2010)),
        ("Bryony Haldsworth", (2, 8, 2011)),
        ("Clemency Thackwray", (14, 2, 2013)),
        ("Araminta Voss", (21, 10, 2009)),
        ("Philippa Gossamer", (6, 7, 2012)),
        ("Delphine Okehampton", (17, 4, 2010)),
        ("Rosalind Pickersgill", (9, 9, 2012)),
        ("Ismay Trevanion", (28, 1, 2010)),
        ("Beatrix Lumley", (3, 12, 2009)),
        ("Cordelia Wintringham", (25, 7, 2013)),
        ("Hester Applegarth", (11, 5, 2011)),
        ("Verity Stonehewer", (16, 10, 2010)),
        ("Winifred Ashcombe", (5, 2, 2012)),
        ("Georgiana Tattersall", (13, 3, 2010)),
        ("Henrietta Mossop", (22, 9, 2013)),
        ("Isolde Brackenbury", (7, 7, 2009)),
        ("Jacinta Ravenscroft", (26, 11, 2011)),
        ("Leonora Pettigrew", (1, 5, 2013)),
        ("Mehetabel Dunnock", (18, 8, 2010)),
        ("Nerissa Falconbridge", (9, 2, 2009)),
        ("Ondine Hartigan", (15, 6, 2012)),
        ("Petronella Quaife", (29, 10, 2010)),
        ("Quenby Marchbanks", (20, 3, 2013)),
        ("Rowena Silverthorn", (12, 8, 2009)),
        ("Seraphina Drake", (1, 1, 2012)),
        ("Thomasina Elphick", (24, 4, 2011)),
        ("Undine Gallowglass", (10, 12, 2010)),
        ("Venetia Habberley", (3, 6, 2009)),
        ("Wilhelmina Izzard", (27, 9, 2011)),
        ("Xanthe Jellicoe", (6, 5, 2010)),
        ("Yolanda Kettlewell", (31, 7, 2012)),
        ("Zenobia Longbottom", (18, 11, 2009)),
        ("Amabel Mulvaney", (8, 4, 2013)),
        ("Blanche Nethercott", (2, 2, 2010)),
        ("Christabel Orpwood", (21, 8, 2012)),
        ("Dorothea Penhaligon", (14, 10, 2011)),
    ]
)


def add_pupil(site: Site) -> str:
    """From the home page to the record of a pupil nobody has recorded yet; returns her name."""
    name, born = next(_pupils)
    first, last = name.split()
    site.press("New screening")
    site.fill("First name", first)
    site.fill("Last name", last)
    site.fill_date("Date of birth", born)
    site.press("Search")
    site.sees("No record that you may see")
    site.press("Add a child")
    site.press("Add the child")
    site.sees(name)
    return name


def open_from_queue(site: Site, name: str) -> None:
    site.visit("/mash/?holder=nobody")
    row = site.page.get_by_role("row").filter(has_text=name)
    site.go_to(row.get_by_role("link").first)
    site.sees("Nobody has accepted this referral yet")


def grade(site: Site) -> None:
    """Amber, after the reason was forgotten once."""
    site.press("Grade")
    site.tick("Amber")
    site.press("Save the grade")
    site.sees("Enter why you give this grade")
    site.fill("Why?", "No danger tonight; an adult nobody knows.")
    site.press("Save the grade")
    site.sees("Act on an AMBER referral")


def decide(site: Site, outcome: str, why: str, *, status: int = 200) -> None:
    site.tick(outcome)
    site.fill("Why?", why)
    site.press("Save the decision", status=status)
