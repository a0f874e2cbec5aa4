"""From what an administrator typed to a window and its letter."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from accounts.models import Region
from evaluations.deadlines.actions import Letter, Span

FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")
YEARS = range(2000, 2100)


class LocalMomentField(forms.Field):
    """A day and a clock time as somebody reads them off the wall; which wall, the zone field says."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        """A moment without a zone, or a sentence."""
        if not value:
            return None
        for each in FORMATS:
            try:
                found = datetime.strptime(str(value).strip(), each)  # noqa: DTZ007 - the zone is another field
            except ValueError:
                continue
            if found.year in YEARS:
                return found.replace(second=0)
        raise forms.ValidationError("Tulis tanggal dan jam, misalnya 2025-05-20 23:59.")


class MoveForm(forms.Form):
    """A window, in the wall time of its zone, and the letter it is moved with."""

    opens_at = LocalMomentField(label="Dibuka")
    closes_at = LocalMomentField(label="Ditutup")
    time_zone = forms.ChoiceField(label="Zona waktu", choices=Region.TimeZone.choices)
    letter_number = forms.CharField(label="Nomor surat", max_length=80)
    letter_on = forms.DateField(
        label="Tanggal surat", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label="Alasan", required=False, max_length=300)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)
    shorten = forms.BooleanField(label="Ya, majukan tenggat ini", required=False)
    cross = forms.BooleanField(label="Ya, urutan tenggatnya memang demikian", required=False)

    def clean(self) -> dict[str, Any]:
        """Both moments in their zone."""
        cleaned = super().clean() or {}
        zone = cleaned.get("time_zone")
        for name in ("opens_at", "closes_at"):
            if zone and isinstance(cleaned.get(name), datetime):
                cleaned[name] = cleaned[name].replace(tzinfo=ZoneInfo(zone))
        return cleaned

    def clean_letter_on(self) -> Any:
        """A letter of this century."""
        if self.cleaned_data["letter_on"].year not in YEARS:
            raise forms.ValidationError("Periksa tahun suratnya.")
        return self.cleaned_data["letter_on"]

    @property
    def span(self) -> Span:
        """The window, once the form is valid."""
        return Span(*(self.cleaned_data[name] for name in ("opens_at", "closes_at", "time_zone")))

    @property
    def letter(self) -> Letter:
        """The letter, once the form is valid."""
        return Letter(*(self.cleaned_data[name] for name in ("letter_number", "letter_on", "reason")))
