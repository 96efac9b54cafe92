"""`manage.py reseal`: after a new key was put first in FIELD_KEYS, seal everything with it (ASVS 11.1.1)."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts import sealed
from accounts.second_factor import PURPOSE, SEALED


class Command(BaseCommand):
    help = "Seals every secret with the first key of FIELD_KEYS. Afterwards the others may be taken away."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        changed = 0
        for authenticator in Authenticator.objects.select_for_update().iterator():
            old = {
                name: text for name in SEALED if (text := authenticator.data.get(name)) and not sealed.is_current(text)
            }
            if old:
                opened = {name: sealed.unseal(text, purpose=PURPOSE) for name, text in old.items()}
                authenticator.data |= {name: sealed.seal(text, purpose=PURPOSE) for name, text in opened.items()}
                authenticator.save(update_fields=["data"])
                changed += 1
        self.stdout.write(f"{changed} sealed anew.")
