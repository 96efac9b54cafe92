"""What every form about an episode has: how the episode was when the page was opened, and where a refusal is shown."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from accounts.refusals import Refusal
from frontend.forms import with_value
from frontend.moment_forms import MomentForm
from missing.models import Episode
from missing.steps import WrongMoment

_LOAD_AGAIN = "Load this page again"


class StepForm(MomentForm):
    """A form about an episode. Give it `episode`; `arguments` is what the service is called with."""

    beside: ClassVar[Mapping[type[Refusal], str]] = {}
    """The field, or the moment, beside which a refusal is shown; at the top where none is named."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": _LOAD_AGAIN, "invalid": _LOAD_AGAIN}
    )

    def __init__(self, *args: Any, episode: Episode, initial: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(*args, initial={"version": episode.version, **(initial or {})}, **options)
        self.episode = episode

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data

    def refuse(self, refusal: Refusal, episode: Episode) -> None:
        """Show the refusal, keep what was typed, and take note of the episode as it is now."""
        refused(self, refusal, self.beside)
        self.data = with_value(self.data, "version", str(episode.version))


def refused(form: MomentForm, refusal: Refusal, beside: Mapping[type[Refusal], str]) -> None:
    """Show the refusal beside the field that it is about."""
    name = refusal.moment if isinstance(refusal, WrongMoment) else beside.get(type(refusal), "")
    field = form.field_of(name) if name in form.moments else name
    form.add_error(field if field in form.fields else None, str(refusal))
