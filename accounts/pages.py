"""What pages of several rooms do alike: ask in a form until it is done, and do what a button asks for."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.refusals import Changed, Refusal
from frontend.forms import Form, with_value
from frontend.versions import both, values_of


def ask(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    caption: str,
    heading: str,
    back: str,
    button: str = "Save",
    onward: Callable[[Any], str] | None = None,
    names: Sequence[str] = (),
    beside: str = "",
    said: str = "Saved.",
) -> HttpResponse:
    """Show the form until it is filled in and what it asks for is done; then lead `onward`, or `back`.

    `names` are the columns of a record whose form holds its version; `beside` is read before one answers, `said` where
    it leads.
    """
    versions = None
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except Changed as refusal:
            versions = both(form, values_of(refusal.theirs, names)) if names else None
            form.data = with_value(form.data, "version", str(refusal.theirs.version))
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if said:
                messages.success(request, said)
            return redirect(onward(made) if onward else back)
    context = {"form": form, "caption": caption, "heading": heading, "back": back, "button": button}
    return render(request, "ask.html", context | {"versions": versions, "beside": beside})


def press(request: HttpRequest, act: Callable[[], Any], *, said: str, onward: str) -> HttpResponse:
    """Do what a button asks for, and lead on with what came of it."""
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(onward)
