"""`manage.py verify_audit`: walk the trail and say where it was touched."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import trail
from accounts.models import AuditChain, AuditEvent


class Command(BaseCommand):
    help = "Memeriksa jejak kegiatan: kejadian yang diubah, hilang, atau tertukar."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(trail.breaks())
        for each in found:
            self.stderr.write(f"{each.chain}, kejadian {each.sequence}: {each.sentence}.")
        if found:
            raise CommandError(f"Jejak rusak pada {len(found)} tempat.")
        self.stdout.write(f"Jejak utuh: {AuditEvent.objects.count()} kejadian, {AuditChain.objects.count()} rantai.")
