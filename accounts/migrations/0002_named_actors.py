"""The two actors nobody signs in as: the system's own work, and a member of the public (accounts.roles)."""

from django.contrib.auth.hashers import make_password
from django.db import migrations

ACTORS = (
    ("system@cse.invalid", "The system", "system"),
    ("public@cse.invalid", "A member of the public", "public"),
)


def add(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    for email, name, role in ACTORS:
        User.objects.create(email=email, full_name=name, roles=[role], password=make_password(None))


def remove(apps, schema_editor):
    apps.get_model("accounts", "User").objects.filter(email__in=[email for email, _, _ in ACTORS]).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
