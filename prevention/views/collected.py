"""How complete and how timely agencies' records are."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from figures.published import sees_every_figure
from prevention import forms, selectors
from prevention.views.common import KEEP, allowed, show


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """By field and by agency, over the last quarters; of one agency where one is chosen."""
    user, now = allowed(request, KEEP)
    form = forms.AgencyFilterForm(request.GET or None)
    found = selectors.review(now, agency=form.chosen(), in_full=sees_every_figure(user))
    return show(request, "records", user, form=form, review=found)
