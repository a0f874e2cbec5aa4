"""What is written beside an answer that is mended."""

from django import forms


class NoteForm(forms.Form):
    """The note, and the version of the answer that the person has seen."""

    version = forms.IntegerField(
        min_value=0, error_messages={"required": "Muat ulang halaman ini.", "invalid": "Muat ulang halaman ini."}
    )
    note = forms.CharField(
        required=False, max_length=4000, error_messages={"max_length": "Catatan paling panjang 4.000 huruf."}
    )
