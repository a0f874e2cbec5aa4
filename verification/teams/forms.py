"""What is typed about conflicts of interest, as clean values."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Region, User
from verification.models import ConflictOfInterest


class ConflictForm(forms.Form):
    """A verifier, a region, why; people who declare for themselves name no verifier."""

    verifier = forms.ModelChoiceField(
        User.objects.none(), label="Verifikator", empty_label="Pilih verifikator",
        error_messages={"required": "Pilih verifikator.", "invalid_choice": "Pilih verifikator dari daftar."},
    )  # fmt: skip
    region = forms.ModelChoiceField(
        Region.objects.none(), label="Kabupaten/kota", empty_label="Pilih daerah",
        error_messages={"required": "Pilih daerah.", "invalid_choice": "Pilih daerah dari daftar provinsi Anda."},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Jenis", choices=ConflictOfInterest.Kind.choices,
        error_messages={"required": "Pilih jenisnya.", "invalid_choice": "Pilih jenis dari daftar."},
    )  # fmt: skip
    reason = forms.CharField(label="Keterangan", required=False, max_length=300)

    def __init__(
        self, *args: Any, verifiers: QuerySet[User], regions: QuerySet[Region], alone: User | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verifier"].queryset = verifiers  # type: ignore[attr-defined]
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]
        self.alone = alone
        if alone is not None:
            del self.fields["verifier"]

    def clean(self) -> dict[str, Any]:
        """With the one verifier who can be meant."""
        cleaned: dict[str, Any] = super().clean() or {}
        return cleaned if self.alone is None else {**cleaned, "verifier": self.alone}
