"""What a decision about an answer carries."""

from django import forms


class VersionForm(forms.Form):
    """The version of the answer that the person has seen."""

    version = forms.IntegerField(min_value=1, max_value=2_000_000_000)
