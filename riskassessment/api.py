"""Saving a draft while it is filled in (DRF). The page works without it."""

from typing import cast

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import gate
from accounts.models import User
from accounts.refusals import Refusal
from accounts.roles import Permission
from frontend.text import time_in_words
from riskassessment import drafting, selectors, services
from riskassessment.models import Screening
from riskassessment.sections import Section


class Autosave(APIView):
    """POST a section's form: 200 `{saved_at_text, version, html}`, 409 `{url}` when somebody else changed it."""

    def post(self, request: Request, pk: int, section: Section) -> Response:
        user, now = cast(User, request.user), timezone.now()
        record = gate.fetch(
            user,
            Screening,
            permission=Permission.SCREENING_FILL_IN,
            at=now,
            pk=pk,
            related=("child", "indicator_set"),
        )
        form = drafting.section_form(request._request, record, selectors.content(record, section), now)
        mistake = "" if form.is_valid() else f", except this: {next(iter(form.errors.values()))[0]}"
        try:
            record = drafting.save_typed(form, user, record, now)
        except services.Stale:
            return Response({"url": reverse("riskassessment:save_section", args=[pk, section])}, status=409)
        except Refusal as refusal:
            return Response({"sentence": str(refusal)}, status=400)
        suggestion = selectors.suggestion_so_far(record, on=timezone.localdate(now))
        return Response(
            {
                "saved_at_text": f"Saved at {time_in_words(now)}{mistake}",
                "version": selectors.content(record, section).digest,
                "html": {"suggestion": render_to_string("riskassessment/_suggestion.html", {"suggestion": suggestion})},
            }
        )
