"""`manage.py load_regions`: provinces, kabupaten and kota with their time zones."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import regions


class Command(BaseCommand):
    help = "Memuat provinsi, kabupaten, dan kota; dijalankan lagi tidak mengubah apa pun."

    def handle(self, *args: Any, **options: Any) -> None:
        report = regions.load_regions()
        self.stdout.write(
            f"{report.provinces} provinsi, {report.regions} kabupaten/kota; {report.changed} baru atau diperbarui."
        )
