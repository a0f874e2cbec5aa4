"""What people ask for, and what a letterhead may say."""

import io
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from PIL import Image, UnidentifiedImageError

from accounts.models import Office, Region
from reports.letterheads import KNOWN_NAMES, unknown_names
from reports.models import Document, Letterhead

LOGO_BYTES = 1024 * 1024
LOGO_SIDE = 6000  # pixels of the picture that comes in
LOGO_DRAWN = 480  # pixels of the longer side that is kept: 400 dpi at 30 mm
TOO_LARGE = "Lambang harus berisi dan paling besar 1 MB. Kecilkan gambarnya, lalu pilih lagi."
NIP = RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka.")


class RequestForm(forms.Form):
    """Which document, in which format."""

    kind = forms.ChoiceField(choices=Document.Kind.choices)
    format = forms.ChoiceField(choices=Document.Format.choices)
    office = forms.ModelChoiceField(Office.objects.none(), required=False, empty_label="Semua perangkat daerah")

    def __init__(self, *args: Any, region: Region | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.fields["office"]
        if region is not None and isinstance(office, forms.ModelChoiceField):
            office.queryset = Office.objects.filter(region=region)


class LetterheadForm(forms.ModelForm):  # type: ignore[type-arg]
    """A region's letterhead. A new logo arrives as a picture and leaves as a PNG drawn anew, without its metadata."""

    logo = forms.FileField(
        label="Lambang daerah",
        required=False,
        allow_empty_file=True,
        help_text="PNG atau JPEG, paling besar 1 MB. Kosongkan bila tidak berubah.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    signatory_number = forms.CharField(
        label="NIP",
        required=False,
        max_length=23,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="18 angka; hanya dicetak pada dokumen.",
    )

    class Meta:
        model = Letterhead
        fields = [
            "government", "office", "address", "contact", "city", "number_pattern", "signatory_position",
            "signatory_name", "signatory_rank", "signatory_number",
        ]  # fmt: skip

    def __init__(self, *args: Any, refused: bool = False, preview_address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused  # a file was dropped while it arrived
        known = ", ".join(f"{{{name}}}" for name in sorted(KNOWN_NAMES))
        self.fields["number_pattern"].help_text = f"Yang dikenal: {known}."
        self.helper = FormHelper()
        self.helper.attrs = {
            "hx-post": preview_address,
            "hx-trigger": "input changed delay:400ms, change",
            "hx-target": "#pratinjau",
            "hx-swap": "outerHTML",
        }
        self.helper.layout = Layout(
            Fieldset("Kop surat", "government", "office", "address", "contact", "logo"),
            Fieldset("Nomor", "number_pattern"),
            Fieldset(
                "Penanda tangan",
                Row(Column("city"), Column("signatory_position")),
                Row(Column("signatory_name"), Column("signatory_rank")),
                "signatory_number",
            ),
        )
        self.helper.add_input(Submit("simpan", "Simpan", css_class="btn btn-primary"))

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the fields now, clean where it is valid: what a preview shows."""
        if not self.is_bound:
            return {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        self.is_valid()
        return {name: self.cleaned_data.get(name, self.data.get(name, "")) for name in self.fields}

    def clean_signatory_number(self) -> str:
        """Spaces between the groups of a NIP are welcome."""
        digits = "".join(self.cleaned_data["signatory_number"].split())
        if digits:
            NIP(digits)
        return digits

    def clean_number_pattern(self) -> str:
        """Only names the portal knows stand in braces; every paper needs its running number."""
        pattern: str = self.cleaned_data["number_pattern"]
        if unknown := unknown_names(pattern):
            raise forms.ValidationError(f"Tidak dikenal: {', '.join(sorted(unknown))}.")
        if "{urut}" not in pattern:
            raise forms.ValidationError("Pola harus memuat {urut}, agar setiap dokumen bernomor sendiri.")
        return pattern

    def clean_logo(self) -> bytes | None:
        """The logo as PNG bytes, None when none was sent."""
        upload = self.cleaned_data["logo"]
        if self.refused:
            raise forms.ValidationError(TOO_LARGE)
        return redrawn(upload) if upload else None


def redrawn(upload: "UploadedFile[Any]") -> bytes:
    """The picture, drawn anew in a modest size. Raises `ValidationError` for whatever is no such picture."""
    if not upload.size or upload.size > LOGO_BYTES:
        raise forms.ValidationError(TOO_LARGE)
    try:
        with Image.open(upload, formats=["PNG", "JPEG"]) as picture:
            if max(picture.size) > LOGO_SIDE:
                raise forms.ValidationError(f"Lambang paling besar {LOGO_SIDE} × {LOGO_SIDE} piksel.")
            drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise forms.ValidationError("Lambang harus berupa gambar PNG atau JPEG yang utuh.") from broken
    drawn.thumbnail((LOGO_DRAWN, LOGO_DRAWN))
    clean = Image.new("RGBA", drawn.size)
    clean.paste(drawn)
    written = io.BytesIO()
    clean.save(written, "PNG", optimize=True)
    return written.getvalue()
