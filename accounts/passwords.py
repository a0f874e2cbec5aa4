"""Password rules beyond Django's own: no words that everybody here would try first, and no silent cut."""

import re

from django.core.exceptions import ValidationError

from accounts.models import Region, User

TOKENS = ("kla", "dpa", "opd")  # too short to be looked for inside other words
PARTS = (
    "dp3a", "layakanak", "kabupaten", "pemkab", "pemkot", "bupati", "verifikasi", "verifikator", "gugustugas",
    "forumanak", "password", "katasandi", "rahasia", "indonesia", "bismillah", "qwerty", "123456", "abcdef",
)  # fmt: skip
YEAR = re.compile(r"(?<!\d)20[1-3]\d(?!\d)")


class ContextWordsValidator:
    """Refuses a password with the portal's own words, a year, or the name of the user's region or province."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` with a sentence."""
        folded = password.casefold()
        tokens = re.findall(r"[^\W\d_]+", folded)
        flat = re.sub(r"[\W_]+", "", folded)
        if (
            any(re.fullmatch(f"(?:{word})+", token) for word in TOKENS for token in tokens)
            or any(part in flat for part in (*PARTS, *_places(user)))
            or YEAR.search(folded)
        ):
            raise ValidationError(
                "Kata sandi memuat kata yang mudah ditebak: nama daerah, angka tahun, atau kata seputar portal ini.",
                code="password_context",
            )

    def get_help_text(self) -> str:
        """Shown beside the field."""
        return "Jangan memakai nama daerah, angka tahun, atau kata seputar KLA."


class MaximumLengthValidator:
    """Refuses what is longer than `max_length` instead of cutting it."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` with a sentence."""
        if len(password) > self.max_length:
            raise ValidationError(f"Kata sandi paling panjang {self.max_length} karakter.", code="password_too_long")

    def get_help_text(self) -> str:
        """Shown beside the field."""
        return f"Paling panjang {self.max_length} karakter."


def _places(user: User | None) -> list[str]:
    """Names of where the user works, as somebody would type them: "tanahbumbu"."""
    if user is None:
        return []
    region: Region | None = user.region
    names = [region.name, region.province.name] if region else []
    names += [user.province.name] if user.province else []
    flat = (re.sub(r"[\W_]+", "", name.casefold()) for name in names)
    return [name.removeprefix("kabupaten").removeprefix("kota") for name in flat]
