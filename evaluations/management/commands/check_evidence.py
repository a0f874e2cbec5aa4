"""Promise that files are read (and scanned, where a scanner is configured): those never looked at, or all again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from evaluations.evidence import antivirus, tasks
from evaluations.models import Evidence


class Command(BaseCommand):
    """`manage.py check_evidence`, `manage.py check_evidence --all --region 63.10`."""

    help = "Menjadwalkan pembacaan, pemeriksaan, dan pemindaian virus untuk berkas bukti yang sudah ada."

    def add_arguments(self, parser: CommandParser) -> None:
        """Everything again, or one region only."""
        parser.add_argument("--all", action="store_true", help="ulangi juga yang sudah diperiksa")
        parser.add_argument("--region", default="", help="kode kabupaten/kota, misalnya 63.10")

    def handle(self, *args: Any, **options: Any) -> None:
        """Promise; the worker does it. Promising twice changes nothing."""
        files = Evidence.objects.filter(kind=Evidence.Kind.FILE)
        if options["region"]:
            files = files.filter(evaluation__region__code=options["region"])
        if not options["all"]:
            unseen = Q(reading__isnull=True)
            files = files.filter(unseen | Q(scan=Evidence.Scan.NONE) if antivirus.is_on() else unseen)
        at = timezone.now()
        with transaction.atomic():
            wanted = list(files.values_list("pk", flat=True))
            for pk in wanted:
                tasks.promise_checks(pk, at)
        self.stdout.write(f"{len(wanted)} berkas dijadwalkan untuk diperiksa.")
