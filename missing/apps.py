from importlib import import_module

from django.apps import AppConfig


class MissingConfig(AppConfig):
    name = "missing"

    def ready(self) -> None:
        """Have a section on the child's page, say what a late return interview leads to, start the clocks that ought
        to run."""
        from accounts.roles import Permission
        from deadlines import effects
        from deadlines.rules import Kind
        from frontend import guides
        from missing import promises, selectors
        from people import panels
        from people.services import hold_cases

        import_module("missing.measures")
        guides.offer("interview", "The return interview")
        effects.on_breach(Kind.RETURN_INTERVIEW, promises.interview_late, hold=hold_cases)
        effects.on_heal(promises.heal)
        panels.register(
            panels.Panel("Missing episodes", "missing/_panel.html", Permission.MISSING_VIEW, selectors.panel)
        )
