"""What is read of missing episodes."""

from missing.selectors.episodes import NEWEST_FIRST, RELATED, clocks, complete, lines, of_child, panel, still_missing
from missing.selectors.sharing import (
    SHARE_RELATED,
    authorities_told,
    authorities_untold,
    is_interviewed,
    partners,
    shared_rows,
    shares_of,
    times_lately,
)

__all__ = [
    "NEWEST_FIRST",
    "RELATED",
    "SHARE_RELATED",
    "authorities_told",
    "authorities_untold",
    "clocks",
    "complete",
    "is_interviewed",
    "lines",
    "of_child",
    "panel",
    "partners",
    "shared_rows",
    "shares_of",
    "still_missing",
    "times_lately",
]
