"""How often one address may use the public form."""

import logging

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from frontend import throttle
from frontend.throttle import Limit

TELLING = Limit("tell-us", allowed=5, per_seconds=60 * 60)

logger = logging.getLogger(__name__)


def too_many(request: HttpRequest) -> bool:
    """Count one more for the address of this request; whether that is more than is allowed.

    Where the address is not known the answer is no: all who use the form would be counted as one, and a child in danger
    locked out by the others.
    """
    try:
        address = get_adapter().get_client_ip(request)
    except (PermissionDenied, ImproperlyConfigured) as problem:
        logger.warning("The public form is not limited now: %s", type(problem).__name__)
        return False
    return throttle.too_many(TELLING, address)
