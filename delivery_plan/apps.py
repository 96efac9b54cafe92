from django.apps import AppConfig


class DeliveryPlanConfig(AppConfig):
    name = "delivery_plan"

    def ready(self) -> None:
        """Start the clocks that ought to run, have evidence checked for viruses, tell what is done about findings."""
        from deadlines import effects
        from delivery_plan import clocks, selectors
        from delivery_plan.models import EvidenceFile
        from documents import scanning
        from frontend import findings

        effects.on_heal(clocks.heal)
        scanning.scanned(EvidenceFile)
        findings.followed_by(selectors.arisen_from)
