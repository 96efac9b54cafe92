"""Saving an interview while it is written down (DRF). The page works without it."""

from typing import cast

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
from missing import drafting, parts, services
from missing.models import Interview
from missing.parts import Part
from missing.selectors.interviews import RELATED


class Autosave(APIView):
    """POST a part's form: 200 `{saved_at_text, version}`, 409 `{url}` when somebody else changed it."""

    def post(self, request: Request, pk: int, part: Part) -> Response:
        user, now = cast(User, request.user), timezone.now()
        record = gate.fetch(user, Interview, permission=Permission.MISSING_RECORD, at=now, pk=pk, related=RELATED)
        form = drafting.part_form(request._request, record, part, user, now)
        mistake = "" if form.is_valid() else f", except this: {next(iter(form.errors.values()))[0]}"
        try:
            record = drafting.save_typed(form, user, record, now)
        except services.ChangedMeanwhile:
            return Response({"url": reverse("missing:save_interview", args=[pk, part])}, status=409)
        except Refusal as refusal:
            return Response({"sentence": str(refusal)}, status=400)
        return Response(
            {
                "saved_at_text": f"Saved at {time_in_words(now)}{mistake}",
                "version": parts.content(record, part).digest,
            }
        )
