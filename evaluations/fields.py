"""Numbers as people type them: comma for decimals, dots only as groups of three, everything else refused."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

# At most twelve digits before the comma, as the columns hold: SQLite would store more and never read it again.
_NUMBER = re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){1,3}|[0-9]{1,12})(?:,(?P<part>[0-9]{1,2}))?")


def read_number(text: str) -> Decimal | None:
    """Read "1.234,5" as 1234.50; None for what is no such number: "1e3", "-1", "NaN", "0.75", "12,345".

    "961.860" is nine hundred thousand, as everywhere in Indonesia; bounds of a field then refuse it as points.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    return Decimal(f"{match['whole'].replace('.', '')}.{(match['part'] or '0').ljust(2, '0')}")


class PointsField(forms.CharField):
    """A number with at most two decimals and a comma; `maximum` bounds it."""

    def __init__(self, *args: Any, maximum: Decimal | None = None, **kwargs: Any) -> None:
        self.maximum = maximum
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        """A Decimal with two places, or None when empty and not required."""
        text = super().clean(value)
        if not text:
            return None
        number = read_number(text)
        if number is None:
            raise ValidationError(
                "Tulis angka dengan koma sebagai desimal, paling banyak dua angka di belakang koma, misalnya 12,50."
            )
        if self.maximum is not None and number > self.maximum:
            limit = f"{self.maximum:.2f}".replace(".", ",")
            raise ValidationError(f"Angka ini melebihi batas {limit}.")
        return number


class VersionField(forms.IntegerField):
    """The version of an answer that a page carries along: never typed, so all that can be wrong is an old page."""

    LARGEST = 2_000_000_000  # PostgreSQL cannot compare the column with what is larger

    def __init__(self) -> None:
        messages = dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Muat ulang halaman ini, lalu simpan lagi."
        )
        super().__init__(min_value=0, max_value=self.LARGEST, error_messages=messages)
