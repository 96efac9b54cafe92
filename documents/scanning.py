"""Which models hold files that are to be checked for viruses: a room above registers its own when it starts."""

from documents.models import Document, StoredFile

MODELS: list[type[StoredFile]] = [Document]


def scanned(model: type[StoredFile]) -> None:
    """Have its files checked: `model` has a `content`, and says by `withdrawn_at` which nobody is served any more."""
    if model not in MODELS:
        MODELS.append(model)
