from django.apps import AppConfig


class MissingConfig(AppConfig):
    name = "missing"

    def ready(self) -> None:
        """Say what a late return interview leads to, and start the clocks that ought to run."""
        from deadlines import effects
        from deadlines.rules import Kind
        from missing import promises

        effects.on_breach(Kind.RETURN_INTERVIEW, promises.interview_late)
        effects.on_heal(promises.heal)
