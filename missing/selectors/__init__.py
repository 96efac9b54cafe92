"""What is read of missing episodes."""

from missing.selectors.episodes import RELATED, complete

__all__ = ["RELATED", "complete"]
