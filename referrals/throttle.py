"""How often one address may use the public form: counted in the cache, which holds no address in clear."""

import logging

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

ALLOWED = 5
PER_SECONDS = 60 * 60

logger = logging.getLogger(__name__)


def too_many(request: HttpRequest) -> bool:
    """Count one more for the address of this request; whether that is more than ALLOWED within an hour.

    Where it cannot be counted the answer is no: a child in danger must not be locked out because the cache is down.
    """
    try:
        address = get_adapter().get_client_ip(request)
        key = key_of(address)
        cache.add(key, 0, timeout=PER_SECONDS)
        return cache.incr(key) > ALLOWED
    except (RedisError, OSError, ValueError, PermissionDenied, ImproperlyConfigured) as problem:
        logger.warning("The public form is not limited now: %s", type(problem).__name__)
        return False


def key_of(address: str) -> str:
    return f"tell-us:{salted_hmac(__name__, address).hexdigest()}"
