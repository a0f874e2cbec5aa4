"""What every page's frame knows: the idle limit, doors beside the daily work, and the accounts of a demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import rules
from accounts.models import User
from evaluations.rules import sees_only_own_questions, works_in_one_region
from jobs.rules import can_see_jobs
from kla_portal import demo
from notices import listing
from reports.rules import can_see_provinces
from verification.rules import can_assign, can_declare_conflicts, sees_board


def portal(request: HttpRequest) -> dict[str, Any]:
    """Values for `base.html`; one query where the bell is shown, and one for the log-in page of a demo."""
    return {
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "is_production": settings.PRODUCTION,
        "doors": _doors(request),
        "unread": SimpleLazyObject(lambda: listing.waiting_for(getattr(request, "user", None))),
        "tasks_name": _tasks_name(request),
        "has_board": _has_board(request),
        "demo_accounts": _demo_accounts,  # called by the page that shows them
    }


def _doors(request: HttpRequest) -> list[tuple[str, str]]:
    """Pages beside the daily work as (address name, label): what administrators and operators look after."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return []
    doors = []
    if rules.can_manage_users(user):
        doors += [("accounts:users", "Pengguna"), ("accounts:offices", "Perangkat daerah")]
    if can_see_jobs(user):
        doors += [("evaluations:cycles", "Siklus dan jadwal"), ("jobs:index", "Pekerjaan")]
        doors.append(("notices:mails", "Surel keluar"))
    if can_declare_conflicts(user):
        doors.append(("verification:agreement", "Kesepakatan penilai"))
        doors.append(("verification:conflicts", "Benturan kepentingan"))
    if can_see_provinces(user):
        doors.append(("reports:provinces", "Dokumen provinsi"))
    if can_assign(user):
        doors.append(("verification:share_out", "Pembagian penugasan"))
    if rules.can_read_trail(user):
        doors.append(("accounts:audit", "Jejak kegiatan"))
    return doors


def _tasks_name(request: HttpRequest) -> str:
    """What the top bar calls the list of tasks, as the list calls itself; empty for people of more than one region."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not works_in_one_region(user):
        return ""
    return "Tugas saya" if sees_only_own_questions(user) else "Daftar tugas"


def _has_board(request: HttpRequest) -> bool:
    """Whether the top bar leads to the board of regions: for those who see more than one."""
    user = getattr(request, "user", None)
    return isinstance(user, User) and sees_board(user)


def _demo_accounts() -> dict[str, Any] | None:
    """The accounts to try the portal with, as long as there are some and this is no production."""
    if not settings.DEMO_ALLOWED or not User.objects.filter(username=demo.ACCOUNTS[0].username).exists():
        return None
    return {"accounts": demo.ACCOUNTS, "password": demo.PASSWORD}
