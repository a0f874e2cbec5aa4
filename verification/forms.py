"""A judge's and the administrator's input as clean values; nothing here saves or knows who may."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.models import Region, User
from clusters.catalogue import Entry
from clusters.models import Cluster, PredicateBand
from clusters.scoring import ZERO
from evaluations.fields import PointsField
from kla_portal.numbers import angka
from verification.actions.mandates import NotEligible, UnknownCluster
from verification.models import Verdict

KEEP_CLAIM, KEEP_EARLIER = "Terima klaim", "Pertahankan nilai tahap sebelumnya"
ACCEPT, POINTS, OPTION_PREFIX = "terima", "nilai", "opsi-"
CHOOSE = "Pilih salah satu penilaian: terima klaim, opsi lain, atau nilai lain."


@dataclass(frozen=True, slots=True)
class Card:
    """One judgement to choose: what it says, what it is worth (None: typed), the key that chooses it."""

    value: str
    label: str
    points: Decimal | None
    key: str
    is_chosen: bool


class VerdictForm(forms.Form):
    """One judgement of one question; `version` is that of the verdict the judge has seen, `seen` marks the answer."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    is_return = forms.BooleanField(required=False)
    choice = forms.ChoiceField(
        label="Penilaian", error_messages={"required": CHOOSE, "invalid_choice": "Opsi ini bukan milik pertanyaan ini."}
    )
    points = PointsField(label="Nilai lain", required=False, max_length=20)
    reason = forms.ChoiceField(
        label="Alasan",
        required=False,
        choices=Verdict.Reason.choices,
        error_messages={"invalid_choice": "Pilih alasan dari daftar."},
    )
    note = forms.CharField(label="Catatan", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry
        options = [(f"{OPTION_PREFIX}{each.pk}", each.label) for each in entry.options]
        self.fields["choice"].choices = [(ACCEPT, "Terima klaim"), *options, (POINTS, "Nilai lain")]  # type: ignore[attr-defined]
        self.fields["points"].maximum = entry.question.maximum  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(verdict: Verdict) -> dict[str, Any]:
        """The form as the standing verdict fills it."""
        choice = f"{OPTION_PREFIX}{verdict.option_id}" if verdict.option_id else POINTS
        return {
            "version": verdict.version,
            "choice": ACCEPT if verdict.decision == Verdict.Decision.ACCEPT else choice,
            "points": angka(verdict.points) if verdict.decision == Verdict.Decision.POINTS else "",
            "reason": verdict.reason,
            "note": verdict.note,
            "is_return": verdict.is_return,
        }

    def cards(self, before: Decimal, accept: str) -> list[Card]:
        """The choices as the page shows them; `before` is what accepting keeps."""
        chosen = self["choice"].value()
        options = [
            (f"{OPTION_PREFIX}{each.pk}", each.label, each.points, str(place))
            for place, each in enumerate(self.entry.options, 1)
        ]
        rows = [(ACCEPT, accept, before, "a"), *options, (POINTS, "Nilai lain", None, "n")]
        return [Card(value, label, points, key, value == chosen) for value, label, points, key in rows]

    def _sent_back(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Sent back without a judgement: worth nothing until it is mended."""
        self.errors.pop("points", None)
        return {**cleaned, "decision": Verdict.Decision.POINTS, "option": None, "points": ZERO}

    def clean(self) -> dict[str, Any]:
        """Adds `decision` and `option`; figures typed beside another choice are put aside."""
        cleaned: dict[str, Any] = super().clean() or {}
        choice = cleaned.pop("choice", "")
        if cleaned.get("is_return") and not choice and not self.data.get("choice"):
            self.errors.pop("choice", None)
            return self._sent_back(cleaned)
        cleaned["decision"], cleaned["option"] = Verdict.Decision.ACCEPT, None
        if choice == POINTS:
            cleaned["decision"] = Verdict.Decision.POINTS
            if cleaned.get("points") is None and "points" not in self.errors:
                self.add_error("points", "Tulis nilainya, misalnya 7,50.")
            return cleaned
        self.errors.pop("points", None)
        cleaned["points"] = None
        if choice.startswith(OPTION_PREFIX):
            cleaned["decision"] = Verdict.Decision.OPTION
            cleaned["option"] = self.entry.option(int(choice.removeprefix(OPTION_PREFIX)))
        return cleaned


class UndoForm(forms.Form):
    """Which verdict is taken back: the one the person has just given."""

    stage = forms.CharField(max_length=2)
    version = forms.IntegerField(min_value=1, max_value=10**6)


class CloseForm(forms.Form):
    """The number of unjudged questions the person was shown, and their word that they mean it."""

    unjudged = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    confirmed = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """`unjudged` becomes None where nothing was confirmed."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("confirmed"):
            cleaned["unjudged"] = None
        return cleaned


class ReopenForm(forms.Form):
    """Why a sent evaluation is given back."""

    reason = forms.CharField(max_length=2000, error_messages={"required": "Tulis alasan membuka kembali."})


class MandateForm(forms.Form):
    """One verifier of the list, one stage, wanted or not; for which clusters (none ticked: all), as coordinator."""

    stage = forms.ChoiceField(choices=[("VA", "Verifikasi administrasi"), ("VL", "Verifikasi lapangan")])
    verifier = forms.ModelChoiceField(User.objects.none())
    wanted = forms.BooleanField(required=False)
    clusters = forms.MultipleChoiceField(required=False)
    is_coordinator = forms.BooleanField(required=False)

    def __init__(self, *args: Any, verifiers: QuerySet[User], clusters: Iterable[Cluster], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verifier"].queryset = verifiers  # type: ignore[attr-defined]
        self.fields["clusters"].choices = [(each.code, each.name) for each in clusters]  # type: ignore[attr-defined]

    @property
    def sentence(self) -> str:
        """What is wrong with it, for people."""
        if "clusters" in self.errors:
            return UnknownCluster.sentence
        return NotEligible.sentence


class AwardForm(forms.Form):
    """An official predicate as its decree states it."""

    region = forms.ModelChoiceField(Region.objects.order_by("code"), label="Kabupaten/kota", empty_label="Pilih daerah")
    year = forms.IntegerField(label="Tahun penghargaan", min_value=2011, max_value=2100)
    band = forms.ModelChoiceField(PredicateBand.objects.none(), label="Predikat", empty_label="Pilih predikat")
    decree_number = forms.CharField(label="Nomor keputusan", max_length=120)
    decree_on = forms.DateField(
        label="Tanggal keputusan",
        widget=forms.DateInput(attrs={"placeholder": "23/07/2025", "autocomplete": "off"}, format="%d/%m/%Y"),
        input_formats=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"],
        error_messages={"invalid": "Tulis tanggal yang benar, misalnya 23/07/2025."},
    )

    def __init__(self, *args: Any, bands: QuerySet[PredicateBand], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["band"].queryset = bands  # type: ignore[attr-defined]

    def clean_decree_on(self) -> date:
        """A decree of tomorrow is a slip of the finger."""
        decree_on: date = self.cleaned_data["decree_on"]
        if decree_on > self.today:
            raise ValidationError("Tanggal keputusan tidak boleh setelah hari ini.")
        return decree_on
