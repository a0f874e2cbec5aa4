"""Password rules beyond Django's own: no words that everybody here would try first, and no silent cut."""

from django.core.exceptions import ValidationError

from accounts.models import User

CONTEXT_WORDS = ("kla", "layakanak", "layak anak", "dp3a", "kabupaten", "pemkab", "verifikasi")


class ContextWordsValidator:
    """Refuses a password that contains the portal's own words or a name of the user's region."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` with a sentence."""
        words = list(CONTEXT_WORDS)
        if user is not None and user.region is not None:
            words.append(user.region.name.removeprefix("Kabupaten ").removeprefix("Kota ").lower())
        flat = password.lower()
        if any(word in flat or word.replace(" ", "") in flat for word in words):
            raise ValidationError("Kata sandi memuat kata yang mudah ditebak, misalnya nama daerah atau portal ini.")

    def get_help_text(self) -> str:
        """Shown beside the field."""
        return "Jangan memakai nama daerah atau kata seputar KLA."


class MaximumLengthValidator:
    """Refuses what is longer than `max_length` instead of cutting it."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` with a sentence."""
        if len(password) > self.max_length:
            raise ValidationError(f"Kata sandi paling panjang {self.max_length} karakter.")

    def get_help_text(self) -> str:
        """Shown beside the field."""
        return f"Paling panjang {self.max_length} karakter."
