"""From what somebody typed to the words of a row."""

import re
from datetime import date
from typing import Any

from django import forms

from followup.actions import Written

LONGEST = 8000  # characters of one column
YEARS = range(2000, 2100)


def _column(label: str, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}))


class RowForm(forms.Form):
    """The written columns of one row, and the version the person has seen."""

    done = _column("Telah dilaksanakan", 8)
    undone = _column("Belum dilaksanakan", 8)
    needed = _column("Data yang dibutuhkan", 6)
    responsible = _column("Penanggung jawab", 3)
    due_on = forms.DateField(
        label="Batas waktu", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        """Line breaks as the portal keeps them."""
        cleaned = super().clean() or {}
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = value.replace("\r\n", "\n").replace("\r", "\n")
        return cleaned

    def clean_due_on(self) -> date | None:
        """A day of this century."""
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day.year not in YEARS:
            raise forms.ValidationError("Periksa tahun batas waktunya.")
        return day

    @property
    def written(self) -> Written:
        """The words, once the form is valid."""
        names = ("done", "undone", "needed", "responsible", "due_on")
        return Written(**{name: self.cleaned_data[name] for name in names})


class RowsField(forms.MultipleChoiceField):
    """Rows as the page names them, "12:3": indicator and version."""

    def valid_value(self, value: Any) -> bool:
        """Rows that are gone or not edited any more are no fault of the person's: the action leaves them alone."""
        return re.fullmatch(r"[0-9]{1,9}:[0-9]{1,9}", str(value)) is not None


class RefillForm(forms.Form):
    """Which edited rows shall follow the verdicts again, each with the version the person has seen."""

    row = RowsField(
        error_messages={
            "required": "Pilih sedikitnya satu baris yang akan diisi ulang.",
            "invalid_choice": "Pilih baris dari daftar di halaman ini.",
        }
    )

    def clean_row(self) -> dict[int, int]:
        """Indicator to version."""
        pairs = [each.split(":") for each in self.cleaned_data["row"]]
        return {int(indicator): int(version) for indicator, version in pairs}
