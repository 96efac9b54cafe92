from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        """Have a section on the child's page."""
        from accounts.roles import Permission
        from documents import selectors
        from people import panels

        panels.register(panels.Panel("Documents", "documents/_panel.html", Permission.DOCUMENT_VIEW, selectors.panel))
