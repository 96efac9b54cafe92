from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"

    def ready(self) -> None:
        """Start the clocks that ought to run, and have a section on the child's page."""
        from accounts.roles import Permission
        from deadlines import effects
        from governance import clocks, selectors
        from people import panels

        effects.on_heal(clocks.heal)
        panels.register(panels.Panel("CMOG", "governance/_panel.html", Permission.CHILD_VIEW, selectors.panel))
