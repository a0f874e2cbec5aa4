"""allauth's door: nobody signs up here, accounts are given; what it says is said in Indonesian."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from accounts import actions
from accounts.models import User

logger = logging.getLogger(__name__)

WRONG = "Nama pengguna atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."
WAIT = "Terlalu banyak percobaan. Tunggu satu menit, lalu coba lagi. Akun Anda tidak dikunci."


class PortalAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up, one sentence for every wrong pair, sessions that their owner can see."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
        "incorrect_password": "Kata sandi tidak cocok.",
        "enter_current_password": "Kata sandi sekarang tidak cocok.",
        "incorrect_code": "Kode tidak cocok. Periksa jam ponsel Anda, lalu masukkan kode yang baru.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always no: an administrator creates accounts."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Count a try for the account as a whole too; generous, or a rival could keep a regency out on the last day.

        The network's own limit comes first: tries it refuses are not counted against the account.
        """
        super().pre_authenticate(request, **credentials)
        name = credentials.get("username", "").lower()
        if not ratelimit.consume(request, action="login_failed_anywhere", key=name):
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
        """Tries are counted per account and network: whoever guesses from elsewhere does not shut the owner out."""
        return f"{self.get_client_ip(request)}:{credentials.get('username', '').lower()}"

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        """Leave a line for whoever watches, without the name that was tried: it may be a mistyped password."""
        logger.warning("log-in refused from %s", self.get_client_ip(request))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Log in under a new session key, note when, and show the browser to its owner."""
        super().login(request, user)
        now = timezone.now()
        request.session["started_at"] = request.session["active_at"] = int(now.timestamp())
        if isinstance(user, User):
            key, agent = request.session.session_key or "", self.get_http_user_agent(request)
            actions.begin_session(user=user, session_key=key, agent=agent, at=now)

    def logout(self, request: HttpRequest) -> None:
        """Log out and forget the browser."""
        actions.end_session(session_key=request.session.session_key)
        super().logout(request)
        messages.info(request, "Anda sudah keluar.")

    def is_safe_url(self, url: str | None) -> bool:
        """An address that is none leads nowhere."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """allauth's ways to confirm, named in Indonesian."""
        words = {"reauthenticate": "Pakai kata sandi", "mfa_reauthenticate": "Pakai kode verifikasi"}
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words.get(method["id"], "")} for method in methods]


class PortalMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor, in Indonesian; the code's label is the user name, for there are no mail addresses."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": PortalAccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": "Verifikasi dua langkah tidak dapat dimatikan sekarang.",
        "cannot_generate_recovery_codes": "Aktifkan verifikasi dua langkah lebih dahulu.",
    }
