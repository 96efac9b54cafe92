from django.apps import AppConfig


class DeliveryPlanConfig(AppConfig):
    name = "delivery_plan"

    def ready(self) -> None:
        """Start the clocks that ought to run, and have evidence checked for viruses."""
        from deadlines import effects
        from delivery_plan import clocks
        from delivery_plan.models import EvidenceFile
        from documents import scanning

        effects.on_heal(clocks.heal)
        scanning.scanned(EvidenceFile)
