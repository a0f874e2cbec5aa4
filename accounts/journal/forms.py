"""What the trail is cut down to, read from the address."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.journal import acts
from accounts.journal.narrowing import PORTAL, Wanted
from accounts.models import Region


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _hint(words: str) -> forms.TextInput:
    return forms.TextInput(attrs={"placeholder": words})


class TrailForm(forms.Form):
    """A form in the address: what cannot be read is told beside its field, the rest still filters."""

    by = forms.CharField(label="Oleh", required=False, max_length=80, widget=_hint("nama, atau portal"))
    region = forms.ChoiceField(label="Daerah", required=False)
    action = forms.ChoiceField(label="Kejadian", required=False)
    about = forms.CharField(label="Mengenai", required=False, max_length=120, widget=_hint("1.2a, judul bukti"))
    words = forms.CharField(label="Kata", required=False, max_length=120, widget=_hint("alasan, alamat"))
    start = forms.DateField(label="Sejak", required=False, widget=_day())
    end = forms.DateField(label="Sampai", required=False, widget=_day())
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, regions: QuerySet[Region] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"] = forms.ChoiceField(label="Kejadian", required=False, choices=acts.choices())
        if regions is None:
            del self.fields["region"]
        else:
            named = [(str(pk), name) for pk, name in regions.order_by("name").values_list("pk", "name")]
            choices = [("", "Semua daerah"), (PORTAL, "Portal saja"), *named]
            self.fields["region"] = forms.ChoiceField(label="Daerah", required=False, choices=choices)

    @property
    def wanted(self) -> Wanted:
        """The filters that can be read."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value and name in Wanted.__slots__}
        return Wanted(**given)

    def place(self, name: str) -> int | None:
        """Where to read on from."""
        self.is_valid()
        found = self.cleaned_data.get(name)
        return found if isinstance(found, int) else None
