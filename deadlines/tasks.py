"""What the scheduler ticks. The truth is in PostgreSQL: a lost tick is made good by the next."""

from celery import shared_task
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from accounts import selectors as people_and_teams
from deadlines import services
from deadlines.models import Notice

BATCH = 100


@shared_task
def sweep() -> int:
    """Claim the stages that have come."""
    return services.sweep(by=people_and_teams.system_actor(), at=timezone.now())


@shared_task
def deliver() -> int:
    """E-mail the notices that wait. A row is locked while it is sent, so two workers never send the same one."""
    delivered = 0
    while delivered < BATCH and _deliver_next():
        delivered += 1
    return delivered


@transaction.atomic
def _deliver_next() -> bool:
    waiting = Notice.objects.filter(sent_at=None).order_by("pk")
    notice = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("recipient").first()
    if notice is None:
        return False
    EmailMessage(
        subject="OFFICIAL-SENSITIVE: something waits for you",
        body=f"{notice.text}\n\nSign in to read more.",
        to=[notice.recipient.email],
        headers={"Message-ID": f"<notice-{notice.pk}@cse.example.org>"},
    ).send()
    services.sent(by=people_and_teams.system_actor(), at=timezone.now(), notice=notice)
    return True
