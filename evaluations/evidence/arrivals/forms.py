"""What a browser says of a file before its first part; clean values, nothing saved."""

from django import forms

from evaluations.evidence.arrivals.sentences import REFUSALS

_FINGERPRINT = r"^[0-9a-f]{64}$"


class StartForm(forms.Form):
    """A file's name, size and the fingerprint of its first MiB; `soal` is empty for the library."""

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


class FinishForm(forms.Form):
    """The fingerprint of the whole, as the browser has computed it from its own copy."""

    sidik = forms.RegexField(_FINGERPRINT, error_messages=dict.fromkeys(("required", "invalid"), REFUSALS["head"]))
