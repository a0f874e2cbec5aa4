"""What people hand in: files, a link, a choice from the library, a search; clean values, nothing saved."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from evaluations.evidence.library import MARKS, Chosen
from evaluations.evidence.names import stem
from evaluations.evidence.sentences import REFUSALS
from evaluations.models import Evidence, EvidenceQuerySet
from evaluations.uploads import MOST_FILES


class UploadForm(forms.Form):
    """One or more files. `selesai` is the form's last field: if it is missing, the body did not arrive whole."""

    berkas = forms.FileField(required=False, allow_empty_file=True, label="Berkas")
    selesai = forms.CharField(required=False)

    def __init__(self, *args: Any, refused: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused  # (file name, code) of files that were dropped while they arrived

    @property
    def uploads(self) -> "list[UploadedFile[Any]]":
        """The files that arrived."""
        files = self.files
        return files.getlist("berkas") if isinstance(files, MultiValueDict) else []

    @property
    def dropped(self) -> list[str]:
        """Sentences about the files that were dropped while they arrived."""
        return [f"{stem(name)}: {REFUSALS[code]}" for name, code in self.refused]

    def clean(self) -> dict[str, Any]:
        """Whole, not too many, not nothing."""
        cleaned = super().clean() or {}
        if not cleaned.get("selesai") and not self.refused:
            raise forms.ValidationError(REFUSALS["cut_off"])
        if len(self.uploads) > MOST_FILES or any(code == "too_many" for _, code in self.refused):
            raise forms.ValidationError(REFUSALS["too_many"])
        if not self.uploads and not self.refused:
            raise forms.ValidationError(REFUSALS["nothing"])
        return cleaned


class ReplaceForm(UploadForm):
    """A file that takes another's place, with the reason."""

    alasan = forms.CharField(max_length=300, error_messages={"required": REFUSALS["no_reason"]})


class LinkForm(forms.Form):
    """An address elsewhere with a name for it; the address is taken apart by the action."""

    tautan = forms.CharField(
        max_length=2000, strip=False, label="Alamat tautan", error_messages={"required": "Isi alamat tautan."}
    )
    judul = forms.CharField(
        max_length=200, label="Nama dokumen", error_messages={"required": "Isi nama dokumen yang ditautkan."}
    )


class LibraryForm(forms.Form):
    """Documents of the same evaluation that the person may see."""

    def __init__(self, *args: Any, choices: EvidenceQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bukti"] = forms.ModelMultipleChoiceField(
            choices,
            error_messages={
                "required": "Pilih dokumen dari pustaka lebih dulu.",
                "invalid_choice": "Dokumen itu tidak ada di pustaka evaluasi ini.",
                "invalid_pk_value": "Dokumen itu tidak ada di pustaka evaluasi ini.",
            },
        )


class ChosenForm(forms.Form):
    """What the library is narrowed by; what makes no sense narrows nothing."""

    cari = forms.CharField(required=False)
    jenis = forms.ChoiceField(required=False, choices=Evidence.DocumentKind.choices)
    opd = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    tahun = forms.IntegerField(required=False, min_value=1900, max_value=2999)
    tanda = forms.ChoiceField(required=False, choices=MARKS)

    @property
    def chosen(self) -> Chosen:
        """The clean part of it."""
        self.is_valid()
        clean = self.cleaned_data
        return Chosen(
            words=clean.get("cari", "")[:100],
            kind=clean.get("jenis", ""),
            office=clean.get("opd"),
            year=clean.get("tahun"),
            mark=clean.get("tanda", ""),
        )


def sentences(form: forms.Form) -> list[str]:
    """Everything the form has to say, in the order of its fields."""
    return [str(each) for errors in form.errors.values() for each in errors]
