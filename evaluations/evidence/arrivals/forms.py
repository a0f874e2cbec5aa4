"""What a browser says of a file before its first part; clean values, nothing saved."""

from typing import Any

from django import forms

from evaluations.evidence.arrivals.sentences import REFUSALS
from evaluations.evidence.sentences import REFUSALS as EVIDENCE_REFUSALS

_FINGERPRINT = r"^[0-9a-f]{64}$"


class StartForm(forms.Form):
    """A file's name, size and the fingerprint of its first MiB; `soal` is empty for the library.

    `ganti` is the document whose place it takes, `alasan` why.
    """

    nama = forms.CharField(
        max_length=255,
        error_messages=dict.fromkeys(("required", "max_length", "null_characters_not_allowed"), REFUSALS["name"]),
    )
    ukuran = forms.IntegerField(
        min_value=0,
        max_value=2**40,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), REFUSALS["size"]),
    )
    sidik = forms.RegexField(_FINGERPRINT, error_messages=dict.fromkeys(("required", "invalid"), REFUSALS["head"]))
    soal = forms.CharField(required=False, max_length=20)
    ganti = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), REFUSALS["document"]),
    )
    alasan = forms.CharField(required=False, max_length=300, error_messages={"max_length": REFUSALS["reason"]})

    def clean(self) -> dict[str, Any]:
        """No document is replaced without a word about why."""
        cleaned = super().clean() or {}
        if cleaned.get("ganti") and not cleaned.get("alasan") and "alasan" not in self.errors:
            self.add_error("alasan", EVIDENCE_REFUSALS["no_reason"])
        return cleaned


class FinishForm(forms.Form):
    """The fingerprint of the whole, as the browser has computed it from its own copy."""

    sidik = forms.RegexField(_FINGERPRINT, error_messages=dict.fromkeys(("required", "invalid"), REFUSALS["head"]))
