"""What is written beside an answer that is mended."""

from django import forms

from evaluations.fields import VersionField


class NoteForm(forms.Form):
    """The note, and the version of the answer that the person has seen."""

    version = VersionField()
    note = forms.CharField(
        required=False, max_length=4000, error_messages={"max_length": "Catatan paling panjang 4.000 huruf."}
    )
