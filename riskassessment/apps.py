from importlib import import_module

from django.apps import AppConfig


class RiskassessmentConfig(AppConfig):
    name = "riskassessment"

    def ready(self) -> None:
        from accounts.roles import Permission
        from frontend import guides
        from people import panels
        from riskassessment import selectors

        import_module("riskassessment.measures")
        guides.offer("screening", "The screening form")
        panels.register(
            panels.Panel(
                title="Screenings",
                template="riskassessment/_panel.html",
                permission=Permission.SCREENING_VIEW,
                context=lambda user, child, at: {"screenings": list(selectors.of_child(user, child)[:20])},
            )
        )
