"""A page and a few words, as clean values."""

from django import forms

MOST = 2**31 - 1


class NoteForm(forms.Form):
    """What a verifier marks; whether the document has such a page, the action knows."""

    page = forms.IntegerField(
        label="Halaman", required=False, min_value=1, max_value=MOST,
        error_messages={
            "invalid": "Tulis halaman sebagai angka, misalnya 3.",
            "min_value": "Halaman dimulai dari 1.",
            "max_value": "Tidak ada dokumen sepanjang itu.",
        },
    )  # fmt: skip
    text = forms.CharField(
        label="Catatan", max_length=300,
        error_messages={
            "required": "Tulis catatannya, paling banyak 300 huruf.",
            "max_length": "Catatan paling banyak 300 huruf. Pendekkan dulu.",
        },
    )  # fmt: skip
