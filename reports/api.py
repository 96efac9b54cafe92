"""Saving the chair's words while they are written (DRF). The page works without it."""

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
from reports import forms, services
from reports.models import Draft


class Autosave(APIView):
    """POST the form: 200 `{saved_at_text, version}`, 409 `{url}` when somebody else changed it."""

    def post(self, request: Request, pk: int) -> Response:
        user, now = cast(User, request.user), timezone.now()
        draft = gate.fetch(user, Draft, permission=Permission.REPORT_WRITE, at=now, pk=pk, related=("corrects",))
        form = forms.NarrativeForm(request._request.POST, corrects=draft.corrects is not None)
        if not form.is_valid():
            return Response({"sentence": next(iter(form.errors.values()))[0]}, status=400)
        version, words, why = form.cleaned_data["version"], form.words, form.what_changed
        try:
            saved = services.save_narrative(
                by=user, at=now, draft=draft, version=version, words=words, what_changed=why
            )
        except services.Changed:
            return Response({"url": reverse("reports:save_narrative", args=[pk])}, status=409)
        except Refusal as refusal:
            return Response({"sentence": str(refusal)}, status=400)
        return Response({"saved_at_text": f"Saved at {time_in_words(now)}", "version": saved.version})
