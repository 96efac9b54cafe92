"""Two who edit one record do not overwrite each other: each says which version they had before them."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from accounts.refusals import Changed
from prevention.models import Campaign, Course, Resource, Score, Service

V = TypeVar("V", Campaign, Service, Resource, Course, Score)


def changed(record: V, version: int, given: Mapping[str, Any], names: Collection[str]) -> V:
    """The record with what was given under these names. Raises Changed."""
    if record.version != version:
        raise Changed(record)
    for name in names:
        setattr(record, name, given[name])
    record.version += 1
    record.full_clean()
    record.save(update_fields=[*names, "version"])
    return record
