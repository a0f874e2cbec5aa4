"""`manage.py load_regions`: provinces, kabupaten, kota with their time zones, kecamatan, villages where known."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import places, regions


class Command(BaseCommand):
    help = "Memuat provinsi, kabupaten/kota, kecamatan, dan desa; dijalankan lagi tidak mengubah apa pun."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desa", type=Path, help="CSV dengan kolom code, district_code, name untuk provinsi lain")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                report = regions.load_regions()
                found = places.load_places()
                if options["desa"]:
                    found = places.load_places(options["desa"])
        except places.NotAPlaceTable as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"{report.provinces} provinsi, {report.regions} kabupaten/kota; {report.changed} baru atau diperbarui."
        )
        self.stdout.write(f"{found.districts} kecamatan, {found.villages} desa/kelurahan.")
