from django.apps import AppConfig


class FrontendConfig(AppConfig):
    """How pages look: the Jinja environment, form fields and their renderer. No domain, no models."""

    name = "frontend"
    verbose_name = "Pages and forms"

    def ready(self) -> None:
        from frontend import checks  # noqa: F401  (importing registers the check)
