from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        """Have figures that are shown elsewhere weighed against what reports have printed."""
        from figures import published
        from reports import selectors

        published.reports_from(selectors.earlier)
