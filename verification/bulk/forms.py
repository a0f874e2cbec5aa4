"""What was ticked in the list, as answers with their marks."""

from typing import Any

from django import forms
from django.http import QueryDict

MOST = 300  # more questions than an instrument has


class BulkForm(forms.Form):
    """The stage the list was made for and `pilih` once per answer: "12:3/1-8-0/0"."""

    stage = forms.CharField(max_length=2)

    def clean(self) -> dict[str, Any]:
        """`chosen`: the mark of each answer by its pk; what is no such pair is refused with the rest."""
        cleaned: dict[str, Any] = super().clean() or {}
        sent = self.data.getlist("pilih") if isinstance(self.data, QueryDict) else []
        pairs = [each.partition(":") for each in sent[:MOST]]
        cleaned["chosen"] = {int(pk): sign for pk, colon, sign in pairs if colon and pk.isdecimal() and len(pk) < 16}
        if not cleaned["chosen"] or len(cleaned["chosen"]) != len(pairs):
            raise forms.ValidationError("Daftar pilihan tidak utuh.")
        return cleaned
