from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from accounts.models import User
    from referrals.models import Referral


class PreventionConfig(AppConfig):
    name = "prevention"

    def ready(self) -> None:
        """Offer the measures of the registers to the delivery plan, have a section on the child's page, hear of MASH's
        decisions, start the clocks that ought to run, and tell what was found wanting."""
        from accounts.roles import Permission
        from deadlines import effects
        from frontend import guides
        from people import panels
        from prevention import clocks, findings, selectors
        from referrals import routing

        guides.offer("training", "The training register")
        guides.found_by(selectors.guides_at)
        routing.on_early_help(_step)
        panels.register(
            panels.Panel("Early help", "prevention/_help_panel.html", Permission.CHILD_VIEW, selectors.help_panel)
        )
        effects.on_heal(clocks.heal)
        findings.register()
        import_module("prevention.measures")


def _step(referral: "Referral", by: "User", at: datetime) -> None:
    from prevention import services

    services.step_to_early_help(by=by, at=at, referral=referral)
