from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from accounts.models import User
    from riskassessment.models import Screening


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        """Receive submitted screenings, and have a section on the child's page."""
        from accounts.roles import Permission
        from people import panels
        from referrals import selectors
        from riskassessment import routing

        routing.on_submission(_receive)
        panels.register(panels.Panel("Referrals", "referrals/_panel.html", Permission.REFERRAL_TRACK, selectors.panel))


def _receive(screening: "Screening", by: "User", at: datetime) -> None:
    from referrals import services

    services.receive_screening(screening=screening, by=by, at=at)
