"""How often one person or one address may do a thing: counted in the cache, which holds neither in clear.

Where the cache is away, each process counts by itself: the limit is then as many times higher as there are processes,
but it holds (ASVS 16.5.3), and nobody is locked out, a child in danger least of all.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.core.cache import cache, caches
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

_COUNT = """
local count = redis.call('incr', KEYS[1])
if count == 1 then redis.call('expire', KEYS[1], ARGV[1]) end
return count
"""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """So many within so many seconds, counted from the first."""

    what: str
    allowed: int
    per_seconds: int


def too_many(limit: Limit, who: str) -> bool:
    """Count one more; whether that is more than is allowed."""
    try:
        return _count(limit, who) > limit.allowed * settings.LIMITS_TIMES
    except (RedisError, OSError) as problem:
        logger.warning("The limit %s is counted by each process now: %s", limit.what, type(problem).__name__)
        return _count_alone(limit, who) > limit.allowed * settings.LIMITS_TIMES


def key_of(limit: Limit, who: str) -> str:
    return f"{limit.what}:{salted_hmac(__name__, who).hexdigest()}"


def _count(limit: Limit, who: str) -> int:
    """In one exchange, because every page waits for it."""
    return int(_server().eval(_COUNT, 1, cache.make_key(key_of(limit, who)), limit.per_seconds))


@lru_cache
def _server() -> Any:
    """The cache's own client: it makes a new one for each call, which takes longer than counting does."""
    return cast(Any, cache)._cache.get_client()


def _count_alone(limit: Limit, who: str) -> int:
    key, counts = key_of(limit, who), caches["process"]
    counts.add(key, 0, timeout=limit.per_seconds)
    try:
        return int(counts.incr(key))
    except ValueError:  # it ran out between the two
        return 1
