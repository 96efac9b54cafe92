from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CseConfig(AppConfig):
    name = "cse"

    def ready(self) -> None:
        """Once the last room with tables has been migrated, protect what is there now, and mark what figures count."""
        from accounts import row_security
        from figures import marks

        *_, last = (room for room in apps.get_app_configs() if room.models_module)
        post_migrate.connect(row_security.apply, sender=last)
        post_migrate.connect(marks.apply, sender=last)
