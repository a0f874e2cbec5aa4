"""What an administrator types to give more time."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from evaluations.deadlines.forms import LocalMomentField


class ExtendForm(forms.Form):
    """The new end in the region's own time, and why."""

    until = LocalMomentField(label="Berakhir", error_messages={"required": "Tulis akhir yang baru."})
    reason = forms.CharField(label="Alasan", max_length=300, error_messages={"required": "Tulis alasan perpanjangan."})

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_until(self) -> datetime:
        """A moment with its zone."""
        until: datetime = self.cleaned_data["until"]
        return until.replace(tzinfo=ZoneInfo(self.zone))
