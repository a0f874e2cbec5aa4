"""Input of the instrument's pages."""

from django import forms


class SearchForm(forms.Form):
    """A word from a question's text, or the beginning of its code."""

    cari = forms.CharField(
        label="Cari pertanyaan",
        required=False,
        max_length=100,
        error_messages={"max_length": "Kata pencarian paling banyak 100 huruf."},
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control", "autocomplete": "off"}),
    )
