from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from frontend import brand


@register()
def brand_colour_is_readable(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """White text on the brand colour must be readable (WCAG 2.2, 1.4.3), or the site does not start."""
    colour = settings.BRAND_COLOUR
    if not brand.is_colour(colour):
        return [Error(f"BRAND_COLOUR must look like #1d3557, not {colour!r}.", id="frontend.E001")]
    contrast = brand.contrast_with_white(colour)
    if contrast < brand.LEAST_CONTRAST:
        return [
            Error(
                f"White text on BRAND_COLOUR {colour} has a contrast of {contrast:.1f}; it needs at least 4.5.",
                hint="Choose a darker colour.",
                id="frontend.E002",
            )
        ]
    return []
