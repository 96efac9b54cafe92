from django.apps import AppConfig


class DeliveryPlanConfig(AppConfig):
    name = "delivery_plan"

    def ready(self) -> None:
        """Start the clocks that ought to run."""
        from deadlines import effects
        from delivery_plan import clocks

        effects.on_heal(clocks.heal)
