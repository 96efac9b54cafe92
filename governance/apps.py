from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        """Start the clocks that ought to run, have a section on the child's page, tell the plan when SEMT met and what
        reviews found."""
        from accounts.roles import Permission
        from deadlines import effects
        from delivery_plan.changes import meetings_from
        from frontend import findings
        from governance import clocks, selectors
        from governance.models import Finding
        from people import panels

        effects.on_heal(clocks.heal)
        meetings_from(selectors.semt_last_met)
        findings.told_by(Finding, selectors.told)
        panels.register(panels.Panel("CMOG", "governance/_panel.html", Permission.CHILD_VIEW, selectors.panel))
