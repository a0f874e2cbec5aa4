"""From what a person typed to a claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clusters import scales
from clusters.catalogue import Entry
from evaluations import claims
from evaluations.fields import PointsField, VersionField
from evaluations.models import Answer
from kla_portal.numbers import isian

FOREIGN_OPTION = "Opsi itu bukan milik pertanyaan ini. Muat ulang halaman, lalu pilih lagi."


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of an answer's card: what is stored, or what was refused and waits to be mended."""

    option: str = ""  # key of the option that is ticked
    measure: str = ""
    measure_before: str = ""
    note: str = ""

    @classmethod
    def stored(cls, answer: Answer) -> "Typed":
        """What the answer says."""
        option = str(answer.option_id or "")
        return cls(option, isian(answer.measure), isian(answer.measure_before), answer.note)

    @classmethod
    def sent(cls, fields: Mapping[str, Any], answer: Answer) -> "Typed":
        """What a person sent; a row of the cluster page sends no note."""
        option, measure, before = (str(fields.get(name, "")) for name in ("option", "measure", "measure_before"))
        return cls(option, measure, before, str(fields.get("note", answer.note)))


class AnswerForm(forms.Form):
    """One answer: an option, or figures from which it follows; the version that the person has seen; a note.

    A form without a `note` field (a row of the cluster page) leaves the note as it is: `keeps_note`. Points that came
    without an option stay when nothing is chosen, because their page has nothing to choose them by; `emptied` says
    that the person wants them gone.
    """

    option = forms.CharField(required=False)
    measure = PointsField(required=False)
    measure_before = PointsField(required=False)
    note = forms.CharField(required=False, max_length=4000)
    version = VersionField()
    emptied = forms.BooleanField(required=False)

    def __init__(self, *args: Any, entry: Entry, standing: Answer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry, self.standing = entry, standing

    @property
    def keeps_note(self) -> bool:
        """Whether the sender's page had no note field at all."""
        return "note" not in self.data

    def clean(self) -> dict[str, Any]:
        """Adds `claim`."""
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["claim"] = self._claim(cleaned)
        return cleaned

    def _claim(self, cleaned: dict[str, Any]) -> claims.Claim:
        question = self.entry.question
        option = self._option(cleaned["option"])
        measure, before = cleaned["measure"], cleaned["measure_before"]
        if question.option_follows_measure and (measure is not None or before is not None):
            try:
                return claims.from_measure(question, self.entry.options, measure, before)
            except claims.NotAClaim as refusal:
                raise ValidationError({"measure": str(refusal)}) from None
        if option is not None:
            return claims.from_option(option, measure if question.measure else None)
        keeps = self.standing.kind == Answer.Kind.FREE and not cleaned["emptied"]
        return claims.standing(self.standing) if keeps else claims.only_measure(measure if question.measure else None)

    def _option(self, text: str) -> Any:
        if not text:
            return None
        option = self.entry.option(int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None
        if option is None:
            raise ValidationError(
                {"option": "Opsi itu bukan milik pertanyaan ini. Muat ulang halaman, lalu pilih lagi."}
            )
        no_data = self.entry.question.two_years and option.position == scales.Trend.NONE
        if self.entry.question.option_follows_measure and not no_data:
            raise ValidationError({"option": "Opsi pertanyaan ini mengikuti angka. Isi angkanya."})
        return option
