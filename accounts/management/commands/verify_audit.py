"""`manage.py verify_audit`: walk the trail and say where it was touched."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import trail
from accounts.models import AuditChain, AuditEvent


class Command(BaseCommand):
    help = "Memeriksa jejak kegiatan: kejadian yang diubah, hilang, atau tertukar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A fingerprint that was written down elsewhere: no rewriting of the whole trail can bring it back."""
        parser.add_argument("--sidik", help="sidik akhir yang pernah dicatat di luar portal; harus masih ada di jejak")

    def handle(self, *args: Any, **options: Any) -> None:
        """Every break on a line of its own; exit code 1 when there is any."""
        count = 0
        for each in trail.breaks():
            count += 1
            place = f", kejadian {each.sequence}" if each.sequence else ""
            self.stderr.write(f"{each.chain}{place}: {each.sentence}.")
        if count:
            raise CommandError(f"Jejak rusak pada {count} tempat.")
        if (known := options.get("sidik")) and not AuditEvent.objects.filter(fingerprint=known).exists():
            raise CommandError("Sidik yang dicatat tidak ada lagi: jejak ditulis ulang sesudah dicatat.")
        self.stdout.write(f"Jejak utuh: {AuditEvent.objects.count()} kejadian, {AuditChain.objects.count()} rantai.")
        portal = AuditChain.objects.filter(region=None).first()
        if portal is not None:
            self.stdout.write(f"Sidik akhir rantai portal: {portal.head}")
