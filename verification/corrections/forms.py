"""What the administrator types and uploads to correct a closed stage."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evaluations.evidence.forms import UploadForm
from evaluations.fields import PointsField
from verification.corrections.actions import Basis
from verification.models import Verdict

CAUSES = [("", "Tidak turun, atau seperti semula"), *Verdict.Reason.choices]


class CorrectionForm(UploadForm):
    """New points, why, and the paper that says so."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    points = PointsField(label="Nilai baru", max_length=20, error_messages={"required": "Tulis nilai yang benar."})
    cause = forms.ChoiceField(label="Alasan dari daftar (wajib bila nilai turun)", required=False, choices=CAUSES)
    reason = forms.CharField(
        label="Alasan koreksi", max_length=2000, error_messages={"required": "Tulis alasan koreksi."}
    )
    number = forms.CharField(
        label="Nomor dokumen", max_length=120, error_messages={"required": "Tulis nomor dokumen dasar koreksi."}
    )
    on = forms.DateField(label="Tanggal dokumen", error_messages={"required": "Tulis tanggal dokumen."})

    def __init__(self, *args: Any, maximum: Decimal, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["points"].maximum = maximum  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """A paper of tomorrow is a slip of the finger."""
        on: date = self.cleaned_data["on"]
        if on > self.today or on.year < 2000:
            raise ValidationError("Tanggal dokumen tidak boleh setelah hari ini.")
        return on

    @property
    def basis(self) -> Basis:
        """Once the form is valid."""
        given = self.cleaned_data
        return Basis(given["reason"], given["cause"], given["number"], given["on"])


class FigureCorrectionForm(CorrectionForm):
    """A figure is no judgement: it has no reason from the list; `seen` is the mark of the figures that were read."""

    version = None  # type: ignore[assignment]
    cause = None  # type: ignore[assignment]
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    @property
    def basis(self) -> Basis:
        """Once the form is valid."""
        given = self.cleaned_data
        return Basis(given["reason"], "", given["number"], given["on"])
