"""Where one goes from the board: the pages of the room that are about no single child."""

from accounts.models import User
from accounts.roles import Permission
from frontend.addresses import url

PLACES = (
    ("Board", "missing:board", Permission.MISSING_VIEW),
    ("Missing now", "missing:missing_now", Permission.MISSING_VIEW),
    ("Figures", "missing:figures", Permission.MISSING_FIGURES),
    ("SSDA903 return", "missing:export_903", Permission.MISSING_EXPORT),
    ("Annex A list 8", "missing:export_annex_a", Permission.MISSING_EXPORT),
)


def places(user: User, here: str) -> list[dict[str, object]]:
    """The tabs that this person's role opens; `here` is the address they are at."""
    return [
        {"text": text, "href": url(name), "active": name == here}
        for text, name, permission in PLACES
        if permission in user.permissions
    ]
