"""The form every page uses. To write a form page, this is all there is to know.

The form (in a room's ``forms.py``)::

    class StartReferralForm(Form):
        child_name = TextField("Child's full name", noun="the child's full name", look=Look(width="20"))
        born_on = DateField("Date of birth", when="past", hint="For example, 27 3 2012")
        known = RadiosField(
            "Is the child known to you?",
            noun="whether the child is known to you",
            choices=[("yes", "Yes"), ("no", "No")],
            look=Look(inline=True, reveal=Reveal(when=("yes",), fields=("how",))),
        )
        how = LongTextField("How do you know the child?", noun="how you know the child", look=Look(count=True))

The view gives the form the day, because fields have no clock::

    form = StartReferralForm(request.POST or None, today=timezone.localdate(now))

The template (``templates/<room>/<name>.html``)::

    {% extends "base.html" %}
    {% block title %}Start a referral{% endblock %}
    {% block content %}
      {{ form.error_summary() }}
      <h1 class="govuk-heading-l">Start a referral</h1>
      <form method="post" novalidate>
        {{ csrf_input }}
        {{ form }}
        {{ govukButton({"text": "Save and continue", "preventDoubleClick": true}) }}
      </form>
    {% endblock %}

``{{ form }}`` draws every field; ``{{ form.born_on.as_field_group() }}`` draws one, with the fields its answer reveals.
When the context calls it ``form``, the page title says "Error:" by itself. Plain Django fields (as in a library's
forms) are drawn too, by their widget.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.safestring import SafeString

from frontend import renderer
from frontend.fields import DateField


class Summarised(forms.BaseForm):
    """What templates ask of any form, ours or a library's."""

    def error_summary(self) -> SafeString:
        """The box at the top of the page, each sentence a link to its field; empty when nothing is wrong."""
        return renderer.error_summary(self)

    def get_context(self) -> dict[str, Any]:
        """What forms/form.html needs; Django's own would draw every error list a second time."""
        return {"form": self}


def with_value(data: Any, name: str, value: str) -> Any:
    """The posted form with one value changed: what was posted itself cannot be."""
    changed = data.copy()
    changed[name] = value
    return changed


class Form(Summarised, forms.Form):
    """A form that summarises its errors and forgets the fields that its answers hide."""

    use_required_attribute = False
    mark_optional = True
    """Whether labels of optional fields say so."""

    def __init__(self, *args: Any, today: dt.date | None = None, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.today = today

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """What may be chosen for this field, where that is known only when the form is made."""
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def unrevealed(self) -> set[str]:
        """The fields whose question was answered so that they do not matter."""
        hidden: set[str] = set()
        for name in self.fields:
            reveal = renderer.look_of(self[name]).reveal
            if reveal and (name in hidden or not renderer.chosen_values(self[name]) & set(reveal.when)):
                hidden.update(reveal.fields)
        return hidden

    def _clean_fields(self) -> None:
        """Fields added after the form was made need the day as well, so it is handed over only here."""
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.today = field.today or self.today
        super()._clean_fields()  # type: ignore[misc]
        for name in self.unrevealed():
            self.errors.pop(name, None)
            self.cleaned_data[name] = self.fields[name].to_python(None)
