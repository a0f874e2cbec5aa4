"""A coordinator's decision and the share of double scoring, as clean values."""

from typing import Any

from django import forms

from clusters.catalogue import Entry
from verification.forms import VerdictForm
from verification.models import SecondReading

CHOOSE = "Pilih salah satu: pertahankan yang pertama, pakai yang kedua, atau nilai lain."


class SettleForm(VerdictForm):
    """Which of two judgements holds, or a third one; `version` is that of the current verdict that was seen."""

    outcome = forms.ChoiceField(
        label="Keputusan", choices=SecondReading.Outcome.choices,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )  # fmt: skip
    why = forms.CharField(
        label="Pertimbangan", max_length=300,
        error_messages={
            "required": "Tulis pertimbangan singkat, agar kedua penilai memahami keputusannya.",
            "max_length": "Pertimbangan paling banyak 300 huruf.",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, entry=entry, **kwargs)
        if self.data.get("outcome") != SecondReading.Outcome.OTHER:
            self.fields["choice"].required = False

    def clean(self) -> dict[str, Any]:
        """The third judgement apart, empty where one of the two is followed."""
        cleaned: dict[str, Any] = super().clean() or {}
        told = ("decision", "option", "points", "reason", "note")
        other = {name: cleaned.get(name) for name in told}
        if cleaned.get("outcome") != SecondReading.Outcome.OTHER:
            for name in ("points", "reason", "note"):
                self.errors.pop(name, None)
            other = {}
        return {**{name: cleaned.get(name) for name in ("version", "outcome", "why")}, "other": other}


class ShareForm(forms.Form):
    """A whole percentage."""

    share = forms.IntegerField(
        label="Penilaian ganda (persen)", min_value=0, max_value=100,
        error_messages={
            "required": "Tulis angka 0 sampai 100.",
            "invalid": "Tulis bilangan bulat 0 sampai 100.",
            "min_value": "Tulis angka 0 sampai 100.",
            "max_value": "Tulis angka 0 sampai 100.",
        },
    )  # fmt: skip
