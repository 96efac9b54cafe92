from importlib import import_module

from django.apps import AppConfig


class PreventionConfig(AppConfig):
    name = "prevention"

    def ready(self) -> None:
        """Offer the measures of the registers to the delivery plan, and start the clocks that ought to run."""
        from deadlines import effects
        from prevention import clocks

        effects.on_heal(clocks.heal)
        import_module("prevention.measures")
