"""`manage.py create_admin NAME`: the first administrator of a portal, who then gives everybody else an account."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import User


class Command(BaseCommand):
    help = "Membuat akun administrator dan mencetak tautan sekali pakai untuk membuat kata sandinya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="NAMA_PENGGUNA")
        parser.add_argument("--name", default="Administrator", help="nama lengkap")

    @transaction.atomic
    def handle(self, *args: Any, username: str, name: str, **options: Any) -> None:
        post = actions.Post(role=User.Role.ADMIN)
        try:
            user = actions.create_user(username=username, name=name, post=post, by=None, at=timezone.now())
        except actions.UsernameTaken as refusal:
            raise CommandError(str(refusal)) from refusal
        secret = actions.issue_link(user=user, by=None, at=timezone.now())
        address = settings.SITE_URL.rstrip("/") + reverse("accounts:first_login", args=[secret])
        self.stdout.write(f"Akun {user.username} dibuat. Buka tautan ini dalam 72 jam untuk membuat kata sandi:")
        self.stdout.write(address)
