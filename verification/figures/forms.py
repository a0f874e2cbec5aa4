"""The ministry's figures as they are typed: one field per indicator, one for the total, one source."""

from decimal import Decimal
from typing import Any

from django import forms

from clusters.rulebook import Edition
from evaluations.fields import PointsField

TOTAL = "total"


class FiguresForm(forms.Form):
    """Empty fields keep the portal's own sum."""

    source = forms.CharField(label="Sumber", max_length=200, required=False)
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = [rule for cluster in edition.book.clusters for rule in cluster.indicators]
        self.fields[TOTAL] = PointsField(required=False, max_length=20, maximum=edition.book.maximum)
        for rule in self.rules:
            self.fields[f"i-{rule.pk}"] = PointsField(required=False, max_length=20, maximum=rule.maximum)

    @property
    def figures(self) -> dict[int | None, Decimal]:
        """What was typed, once the form is valid."""
        given: dict[int | None, Decimal | None] = {None: self.cleaned_data[TOTAL]}
        given |= {rule.pk: self.cleaned_data[f"i-{rule.pk}"] for rule in self.rules}
        return {key: points for key, points in given.items() if points is not None}
