from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "oversight"

    def ready(self) -> None:
        """Lead from the child's page to who has looked at it."""
        from accounts.roles import Permission
        from people import panels

        panels.register(panels.Panel("Who has looked", "oversight/_panel.html", Permission.CHILD_AUDIT, lambda *_: {}))
