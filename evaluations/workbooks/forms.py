"""What people hand in on the pages of workbooks."""

from typing import Any

from django import forms
from django.http import QueryDict

NOTHING = "Pilih berkas .xlsx lebih dulu, paling besar 10 MB."
CUT_OFF = "Unggahan terputus sebelum selesai, sehingga tidak ada yang dibaca. Unggah lagi."
TOO_LARGE = "Berkas ini lebih dari 10 MB. Hapus gambar dan lembar yang tidak perlu, lalu unggah lagi."
NO_SPACE = "Penyimpanan portal penuh; berkas tidak disimpan. Hubungi administrator, lalu unggah lagi."
CONFLICT = "pilih-"


class UploadForm(forms.Form):
    """One file. `selesai` is the form's last field: if it is missing, the body did not arrive whole."""

    berkas = forms.FileField(required=False, allow_empty_file=True)
    selesai = forms.CharField(required=False)

    def __init__(self, *args: Any, refused: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused  # (file name, code) of files that were dropped while they arrived

    def clean(self) -> dict[str, Any]:
        """A whole file, or the sentence why there is none."""
        cleaned = super().clean() or {}
        if self.refused:
            raise forms.ValidationError(TOO_LARGE if self.refused[0][1] == "too_large" else NO_SPACE)
        if not cleaned.get("berkas"):
            raise forms.ValidationError(NOTHING if cleaned.get("selesai") else CUT_OFF)
        return cleaned

    @property
    def sentences(self) -> list[str]:
        """What is wrong."""
        return [str(line) for lines in self.errors.values() for line in lines]


class ConfirmForm(forms.Form):
    """What the person has seen, and the conflicts in which the file wins."""

    segel = forms.CharField(max_length=64)

    @property
    def portal_loses(self) -> set[int]:
        """Questions, by pk."""
        given = self.data if isinstance(self.data, QueryDict) else QueryDict()
        names = [name.removeprefix(CONFLICT) for name in given if name.startswith(CONFLICT)]
        return {
            int(name)
            for name in names
            if name.isascii() and name.isdecimal() and len(name) < 19 and given.get(CONFLICT + name) == "berkas"
        }
