"""Input about duties: the filters in the address, one question's offices, one act for several questions."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

from accounts.models import Office
from clusters.catalogue import Catalogue
from evaluations.duties.page import Filters
from evaluations.duties.plan import Duty, from_token
from kla_portal.numbers import tanggal

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def filters_from(given: QueryDict, catalogue: Catalogue, offices: Iterable[int]) -> Filters:
    """The filters of an address; what the instrument or the region does not know is left out."""
    cluster, indicator, office = given.get("klaster", ""), given.get("indikator", ""), given.get("kantor", "")
    codes = {each.question.indicator.code for each in catalogue.entries}
    return Filters(
        cluster if catalogue.cluster(cluster) else "",
        indicator if indicator in codes else "",
        int(office) if office.isascii() and office.isdigit() and len(office) < 18 and int(office) in offices else 0,
        given.get("tanpa") == "1",
    )


class Limits(NamedTuple):
    """Days between which a date of the region's own may lie; no `last` where no window is set."""

    today: date
    last: date | None


class DueField(forms.DateField):
    """The region's own date, at most the day on which the stage closes. A date that stood before may stay."""

    def __init__(self, *, limits: Limits, standing: date | None = None, **kwargs: Any) -> None:
        super().__init__(
            label="Batas waktu daerah", required=False, widget=DATE,
            error_messages={"invalid": "Batas waktu ini bukan tanggal. Pilih dari kalender."}, **kwargs
        )  # fmt: skip
        self.limits, self.standing = limits, standing

    def clean(self, value: Any) -> date | None:
        """Neither past nor later than the stage."""
        day: date | None = super().clean(value)
        if day is None or day == self.standing:
            return day
        if day < self.limits.today:
            raise forms.ValidationError(f"Batas waktu {tanggal(day)} sudah lewat. Pilih hari ini atau sesudahnya.")
        if self.limits.last and day > self.limits.last:
            raise forms.ValidationError(
                f"Batas waktu {tanggal(day)} melewati penutupan evaluasi mandiri, {tanggal(self.limits.last)}. "
                "Pilih hari sebelumnya."
            )
        return day


class DutyForm(forms.Form):
    """One question: its lead, its supporters, its date, and the standing that the person has seen."""

    def __init__(self, *args: Any, offices: dict[int, Office], standing: Duty, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), office.name) for pk, office in offices.items()]
        unknown = "Perangkat daerah ini tidak ada di daerah Anda. Muat ulang halaman, lalu pilih lagi."
        self.fields["lead"] = forms.TypedChoiceField(
            label="Penanggung jawab", required=False, coerce=int, empty_value=None,
            choices=[("", "Belum ada"), *choices], error_messages={"invalid_choice": unknown},
        )  # fmt: skip
        self.fields["support"] = forms.TypedMultipleChoiceField(
            label="Pendukung", required=False, coerce=int, choices=choices,
            error_messages={"invalid_choice": unknown, "invalid_list": unknown},
        )  # fmt: skip
        self.fields["due_on"] = DueField(limits=limits, standing=standing.due_on)

    def clean(self) -> dict[str, Any]:
        """A whole duty: a supporter who is made the lead is no supporter any more, and a date belongs to somebody."""
        cleaned = super().clean() or {}
        lead, support = cleaned.get("lead"), frozenset(cleaned.get("support") or ())
        if self.errors:
            return cleaned
        cleaned["support"] = [each for each in cleaned.get("support") or () if each != lead]
        if cleaned.get("due_on") and lead is None and not support:
            self.add_error("due_on", "Tetapkan perangkat daerahnya lebih dulu, baru batas waktunya.")
        cleaned["seen"] = from_token(str(self.data.get("seen", "")))
        if cleaned["seen"] is None:
            self.add_error(None, "Formulir ini tidak lengkap. Muat ulang halaman, lalu ulangi perubahan Anda.")
        return cleaned

    @property
    def wanted(self) -> Duty:
        """What the person wants, once the form is valid."""
        cleaned = self.cleaned_data
        return Duty(cleaned["lead"], frozenset(cleaned["support"]), cleaned["due_on"])


ACTS = (
    ("lead", "Jadikan penanggung jawab"),
    ("support", "Tambahkan sebagai pendukung"),
    ("remove", "Lepaskan dari pertanyaan"),
    ("due", "Tetapkan batas waktu"),
)


class SeveralForm(forms.Form):
    """One act for the ticked questions, or for all that the filters show."""

    act = forms.ChoiceField(label="Tindakan", choices=ACTS, error_messages={"required": "Pilih tindakannya."})
    scope = forms.ChoiceField(choices=[("ticked", ""), ("shown", "")], required=False)

    def __init__(self, *args: Any, offices: dict[int, Office], limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"] = forms.TypedChoiceField(
            label="Perangkat daerah", required=False, coerce=int, empty_value=None,
            choices=[("", "Pilih perangkat daerah"), *((str(pk), each.name) for pk, each in offices.items())],
            error_messages={"invalid_choice": "Perangkat daerah ini tidak ada di daerah Anda."},
        )  # fmt: skip
        self.fields["due_on"] = DueField(limits=limits)

    def clean(self) -> dict[str, Any]:
        """All acts but the date need an office."""
        cleaned = super().clean() or {}
        needs_office = cleaned.get("act") in ("lead", "support", "remove") and "office" not in self.errors
        if needs_office and cleaned.get("office") is None:
            self.add_error("office", "Pilih perangkat daerahnya.")
        return cleaned

    def apply(self, duty: Duty) -> Duty:
        """What becomes of one duty. A former lead goes on as a supporter, so that nothing of its work is lost to it."""
        act, office = self.cleaned_data["act"], self.cleaned_data["office"]
        if act == "due":
            return Duty(duty.lead, duty.support, self.cleaned_data["due_on"]) if duty.offices else duty
        if act == "lead":
            return Duty(office, duty.offices - {office}, duty.due_on)
        if act == "support":
            return duty if office == duty.lead else Duty(duty.lead, duty.support | {office}, duty.due_on)
        left = duty.offices - {office}
        lead = None if office == duty.lead else duty.lead
        return Duty(lead, left - {lead} if lead else left, duty.due_on if left else None)


def ticked(values: Iterable[str]) -> dict[int, Duty | None]:
    """Ticked questions with the standing their rows showed: "12:3|5.7|"; what cannot be read is left out."""
    found: dict[int, Duty | None] = {}
    for value in values:
        pk, _, token = value.partition(":")
        if pk.isascii() and pk.isdigit() and len(pk) < 18:
            found[int(pk)] = from_token(token)
    return found
