"""From a Django form field to GOV.UK Frontend's HTML (FORM_RENDERER = "frontend.renderer.FormRenderer").

The widget decides which macro draws a field, so a library's plain Django form looks like ours. What only our own
fields know comes from their ``look``.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import Jinja2
from django.forms.utils import ErrorList
from django.forms.widgets import Input
from django.http import HttpRequest
from django.template import loader
from django.utils.safestring import SafeString

from frontend.fields import PARTS, PLAIN, DateParts, DateWidget, Look
from frontend.moulds import HOLE, fill

Params = dict[str, Any]


class FormRenderer(Jinja2):
    """Whole forms from our template, their fields by ``draw_field``, bare widgets (hidden inputs) from Django's."""

    form_template_name = "forms/form.html"
    field_template_name = "a field needs no template"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        if template_name == self.field_template_name:
            return draw_field(context["field"])
        return SafeString(super().render(template_name, context, request))  # nosec B703

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("django/"):
            return super().get_template(template_name)
        return loader.get_template(template_name)


def draw_field(bound: forms.BoundField) -> SafeString:
    """One field with label, hint and error, followed by the fields its answer reveals."""
    look = look_of(bound)
    html = _draw_alone(bound, look)
    if look.reveal is None:
        return html
    inner = "".join(draw_field(bound.form[name]) for name in look.reveal.fields)
    return SafeString(f'<div class="app-reveal-group">{html}<div class="app-reveal">{inner}</div></div>')  # nosec B703


def outer_fields(form: forms.BaseForm) -> list[forms.BoundField]:
    """The visible fields that no other field reveals, in their order."""
    revealed = {name for bound in form if (reveal := look_of(bound).reveal) for name in reveal.fields}
    return [bound for bound in form.visible_fields() if bound.name not in revealed]


def _draw_alone(bound: forms.BoundField, look: Look) -> SafeString:
    widget = bound.field.widget
    for kind, macro, params in DRAWN_BY:
        if isinstance(widget, kind):
            name = "govukCharacterCount" if look.count and kind is forms.Textarea else macro
            return fill(name, params(bound, look), _typed(bound))
    raise TypeError(f"No GOV.UK macro draws the widget {type(widget).__name__} of {bound.html_name}.")


def error_summary(form: forms.BaseForm) -> SafeString:
    if not form.is_bound:  # asking each of a hundred fields for its errors takes longer than drawing the page's head
        return SafeString("")
    items: list[Params] = [{"text": text} for text in _sentences(form.non_field_errors())]
    for bound in form:
        items += [{"text": text, "href": f"#{_first_id(bound)}"} for text in _sentences(bound.errors)]
    if not items:
        return SafeString("")
    return fill("govukErrorSummary", {"titleText": "There is a problem", "errorList": items})


def look_of(bound: forms.BoundField) -> Look:
    look = getattr(bound.field, "look", PLAIN)
    return look if isinstance(look, Look) else PLAIN


def chosen_values(bound: forms.BoundField) -> set[str]:
    """The values ticked or selected on the page, as strings."""
    value = bound.value()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {str(item) for item in values if item is not None}


def _common(bound: forms.BoundField, look: Look) -> Params:
    params: Params = {"id": bound.id_for_label or bound.auto_id, "name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": bound.help_text}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(_sentences(bound.errors))}
    if look.classes:
        params["classes"] = look.classes
    return params


def _label_text(bound: forms.BoundField) -> str:
    optional = not bound.field.required and getattr(bound.form, "mark_optional", False)
    return f"{bound.label} (optional)" if optional else str(bound.label)


def _label(bound: forms.BoundField, look: Look, part: str = "govuk-label") -> Params:
    classes = [f"{part}--{look.size}"] if look.size else []
    if look.hide_label:
        classes.append("govuk-visually-hidden")
    return {"text": _label_text(bound), "classes": " ".join(classes), "isPageHeading": look.page_heading}


def _legend(bound: forms.BoundField, look: Look) -> Params:
    return {"legend": _label(bound, look, "govuk-fieldset__legend")}


def _sentences(errors: ErrorList) -> list[str]:
    return [_clean(error) for error in errors]


def _clean(text: object) -> str:
    """Without the one character that HTML cannot carry."""
    return str(text).replace("\x00", "\ufffd")


def _typed(bound: forms.BoundField) -> list[str]:
    """What stands in the field's boxes, for the holes left by ``_hole``; empty boxes have none."""
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, DateWidget):
        return [_clean(part) for part in _parts(value) if part]
    if not isinstance(widget, Input | forms.Textarea) or _hole(bound, value) is None:
        return []
    text = _clean(value)
    # A browser drops the first line end inside a textarea.
    return [f"\n{text}" if isinstance(widget, forms.Textarea) and text.startswith("\n") else text]


def _hole(bound: forms.BoundField, value: Any) -> str | None:
    never_shown = isinstance(bound.field.widget, forms.PasswordInput | forms.FileInput | forms.CheckboxInput)
    return None if never_shown or value in (None, "") else HOLE


def _parts(value: Any) -> DateParts:
    return value if isinstance(value, DateParts) else DateParts()


def _text_classes(look: Look) -> str:
    if not look.width:
        return look.classes
    width = f"govuk-input--width-{look.width}" if look.width.isdigit() else f"govuk-!-width-{look.width}"
    return f"{width} {look.classes}".strip()


def _input(bound: forms.BoundField, look: Look) -> Params:
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "text")
    params = _common(bound, look) | {
        "label": _label(bound, look),
        "type": "text" if kind == "number" else kind,
        "classes": _text_classes(look),
        "autocomplete": look.autocomplete or widget.attrs.get("autocomplete"),
        "inputmode": look.inputmode or ("numeric" if isinstance(bound.field, forms.IntegerField) else None),
        "spellcheck": look.spellcheck,
        "value": _hole(bound, bound.value()),
    }
    for affix in ("prefix", "suffix"):
        if text := getattr(look, affix):
            params[affix] = {"text": text}
    return params


def _password(bound: forms.BoundField, look: Look) -> Params:
    return _common(bound, look) | {
        "label": _label(bound, look),
        "autocomplete": bound.field.widget.attrs.get("autocomplete"),
    }


def _textarea(bound: forms.BoundField, look: Look) -> Params:
    return _common(bound, look) | {
        "label": _label(bound, look),
        "rows": look.rows,
        "value": _hole(bound, bound.value()),
        "spellcheck": look.spellcheck,
        "maxlength": getattr(bound.field, "max_length", None),
    }


def _items(bound: forms.BoundField, look: Look) -> list[Params]:
    chosen = chosen_values(bound)
    items: list[Params] = []
    for value, text in bound.field.choices:  # type: ignore[attr-defined]
        item: Params = {"value": str(value), "text": text, "checked": str(value) in chosen}
        if hint := look.item_hints.get(str(value)):
            item["hint"] = {"text": hint}
        if look.reveal and value in look.reveal.when:
            item["attributes"] = {"data-reveals": ""}
        if look.none_of_these and value == look.none_of_these:
            item["behaviour"] = "exclusive"
            items.append({"divider": "or"})
        items.append(item)
    return items


def _choices(bound: forms.BoundField, look: Look, block: str) -> Params:
    params = _common(bound, look)
    modifiers = [f"{block}--{name}" for name in ("inline", "small") if getattr(look, name)]
    return params | {
        "idPrefix": bound.auto_id,
        "fieldset": _legend(bound, look),
        "items": _items(bound, look),
        "classes": " ".join([*modifiers, look.classes]).strip(),
    }


def _radios(bound: forms.BoundField, look: Look) -> Params:
    return _choices(bound, look, "govuk-radios")


def _checkboxes(bound: forms.BoundField, look: Look) -> Params:
    return _choices(bound, look, "govuk-checkboxes")


def _single_checkbox(bound: forms.BoundField, look: Look) -> Params:
    item = {"value": "on", "text": bound.label, "checked": bool(bound.value()), "id": bound.auto_id}
    return _common(bound, look) | {"idPrefix": bound.auto_id, "items": [item]}


def _select(bound: forms.BoundField, look: Look) -> Params:
    chosen = chosen_values(bound)
    items = [
        {"value": str(value), "text": text, "selected": str(value) in chosen}
        for value, text in bound.field.choices  # type: ignore[attr-defined]
    ]
    return _common(bound, look) | {"label": _label(bound, look), "items": items}


def _file(bound: forms.BoundField, look: Look) -> Params:
    return _common(bound, look) | {"label": _label(bound, look)}


def _date(bound: forms.BoundField, look: Look) -> Params:
    wrong = _wrong_parts(bound)
    complete = {part: f"bday-{part}" for part in PARTS} if look.autocomplete == "bday" else {}
    items = [
        {
            "name": part,
            "value": HOLE if text else None,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in wrong else ""),
            "autocomplete": complete.get(part),
        }
        for part, text in zip(PARTS, _parts(bound.value()), strict=True)
    ]
    return _common(bound, look) | {
        "id": bound.auto_id,
        "namePrefix": bound.html_name,
        "fieldset": _legend(bound, look),
        "items": items,
    }


def _wrong_parts(bound: forms.BoundField) -> tuple[str, ...]:
    """The boxes of a date to mark in red: those its error names, otherwise all."""
    errors: ErrorList = bound.errors
    if not errors:
        return ()
    first: ValidationError = errors.as_data()[0]
    return tuple((first.params or {}).get("parts", PARTS))


def _first_id(bound: forms.BoundField) -> str:
    if isinstance(bound.field.widget, DateWidget):
        return f"{bound.auto_id}-{_wrong_parts(bound)[0]}"
    return str(bound.auto_id)


DRAWN_BY = (
    (DateWidget, "govukDateInput", _date),
    (forms.CheckboxSelectMultiple, "govukCheckboxes", _checkboxes),
    (forms.RadioSelect, "govukRadios", _radios),
    (forms.Select, "govukSelect", _select),
    (forms.Textarea, "govukTextarea", _textarea),
    (forms.PasswordInput, "govukPasswordInput", _password),
    (forms.FileInput, "govukFileUpload", _file),
    (forms.CheckboxInput, "govukCheckboxes", _single_checkbox),
    (Input, "govukInput", _input),
)
"""Which widget is drawn by which macro; the first that fits."""
