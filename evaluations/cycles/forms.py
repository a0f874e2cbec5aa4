"""A cycle as the administrator types it."""

from typing import Any

from django import forms

from clusters.models import STAGE_CHOICES, Instrument
from clusters.stages import Stage
from evaluations.cycles.actions import Settings

RESERVED = ("baru",)  # an address of its own


class SettingsForm(forms.Form):
    """What can be changed later too."""

    name = forms.CharField(label="Nama", max_length=120)
    award_year = forms.IntegerField(label="Tahun penghargaan", min_value=2011, max_value=2100)
    stages = forms.MultipleChoiceField(
        label="Tahap yang dipakai",
        choices=STAGE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        initial=[Stage.EM.value, Stage.VA.value, Stage.VL.value, Stage.VF.value],
        error_messages={"required": "Pilih tahap yang dipakai; evaluasi mandiri selalu termasuk."},
    )
    repair_hours = forms.IntegerField(
        label="Masa perbaikan dan klarifikasi (jam)",
        min_value=1,
        max_value=24 * 60,
        initial=48,
        help_text="Berlaku untuk masa perbaikan yang dibuka sesudah perubahan.",
    )
    regulations_until = forms.DateField(
        label="Batas tanggal peraturan",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @property
    def settings(self) -> Settings:
        """Once the form is valid."""
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in Settings.__slots__}
        return Settings(**{**given, "stages": tuple(given["stages"])})


class NewCycleForm(SettingsForm):
    """What stays: the code in addresses, and the instrument."""

    code = forms.SlugField(label="Kode", max_length=20, help_text="Huruf, angka, tanda hubung; misalnya 2026.")
    instrument = forms.ModelChoiceField(
        Instrument.objects.order_by("-loaded_at"), label="Instrumen", empty_label="Pilih instrumen"
    )
    field_order = ("code", "name", "instrument")

    def clean_code(self) -> str:
        """Not a word of the addresses beside it."""
        code: str = self.cleaned_data["code"]
        if code.lower() in RESERVED:
            raise forms.ValidationError("Kode itu tidak dapat dipakai. Pilih kode lain.")
        return code
