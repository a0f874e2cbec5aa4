"""A phrase as it is typed; knows no permission."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from verification.models import Verdict


class PhraseForm(forms.Form):
    """Text, the reason it belongs to, and whether colleagues may use it."""

    text = forms.CharField(
        label="Frasa",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        error_messages={"required": "Tulis frasanya, misalnya “Lampirkan halaman pengesahan.”"},
    )
    reason = forms.ChoiceField(
        label="Untuk alasan",
        required=False,
        choices=[("", "Semua alasan"), *Verdict.Reason.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": "Pilih alasan dari daftar."},
    )
    is_shared = forms.BooleanField(label="Bagikan kepada verifikator provinsi", required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]

    def clean_text(self) -> str:
        """One line: a phrase is put into a note, not beside it."""
        text = " ".join(str(self.cleaned_data["text"]).split())
        if not text:
            raise ValidationError(self.fields["text"].error_messages["required"])
        return text

    def clean(self) -> dict[str, Any]:
        """`is_shared` is there in any case."""
        return {"is_shared": False, **(super().clean() or {})}
