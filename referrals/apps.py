from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from accounts.models import Team, User
    from riskassessment.models import Screening


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        """Receive submitted screenings, have a section on the child's page, and look whether there is a MASH team."""
        from django.core import checks

        from accounts.roles import Permission
        from frontend import guides
        from people import panels
        from referrals import selectors
        from referrals.checks import there_is_a_mash_team
        from riskassessment import routing

        import_module("referrals.measures")
        guides.offer("decision", "MASH’s decision")
        checks.register(there_is_a_mash_team, checks.Tags.database)
        routing.on_submission(_receive)
        panels.register(panels.Panel("Referrals", "referrals/_panel.html", Permission.REFERRAL_TRACK, selectors.panel))


def _receive(screening: "Screening", mash: "Team", by: "User", at: datetime) -> None:
    from referrals import services

    services.receive_screening(screening=screening, mash=mash, by=by, at=at)
