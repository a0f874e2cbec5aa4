"""What people say about documents: details, pages, ticks, answers to doubts; clean values, nothing saved."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evaluations.evidence.actions import Details
from evaluations.evidence.suggestions import Suggestions, day_in
from evaluations.models import Evidence

PAGES = re.compile(r"\d{1,4}(?:-\d{1,4})?(?:, ?\d{1,4}(?:-\d{1,4})?)*")
EARLIEST, LATEST = date(1945, 1, 1), date(2100, 12, 31)
TITLE = "Isi nama dokumen, supaya orang lain mengenalinya."
ANSWER = "Isi alasannya, misalnya: sudah benar, karena hanya satu halaman."


class DayField(forms.CharField):
    """A day as a browser sends it, "12/06/2024", or "12 Juni 2024"."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        """A date within a century that documents come from; None when empty."""
        text = super().clean(value)
        if not text:
            return None
        day = _iso(text) or day_in(text)
        if day is None:
            raise ValidationError("Tulis tanggal seperti 12/06/2024 atau 12 Juni 2024.")
        if not EARLIEST <= day <= LATEST:
            raise ValidationError("Tanggal ini di luar jangkauan. Periksa tahunnya.")
        return day


class DetailsForm(forms.Form):
    """The details of a document and the version of them that the person has seen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("class", "form-select" if name == "jenis" else "form-control")
            field.widget.attrs.setdefault("autocomplete", "off")

    versi = forms.IntegerField(min_value=0, max_value=2**31, widget=forms.HiddenInput)
    judul = forms.CharField(label="Nama dokumen", max_length=200, error_messages={"required": TITLE})
    jenis = forms.ChoiceField(
        label="Jenis dokumen", required=False, choices=[("", "Belum ditentukan"), *Evidence.DocumentKind.choices]
    )
    nomor = forms.CharField(label="Nomor", required=False, max_length=120)
    tanggal = DayField(label="Tanggal dokumen", required=False)
    penanda_tangan = forms.CharField(label="Penanda tangan", required=False, max_length=120)
    penerbit = forms.CharField(label="Instansi penerbit", required=False, max_length=120)
    berlaku_sampai = DayField(
        label="Berlaku sampai", required=False, help_text="Kosongkan bila berlaku sampai diganti atau tidak terbatas."
    )

    @property
    def details(self) -> Details:
        """What the action stores."""
        clean = self.cleaned_data
        return Details(
            title=" ".join(clean["judul"].split()),
            document_kind=clean["jenis"],
            number=clean["nomor"],
            dated_on=clean["tanggal"],
            signatory=clean["penanda_tangan"],
            issuer=clean["penerbit"],
            valid_until=clean["berlaku_sampai"],
        )


def initial_of(evidence: Evidence, guessed: Suggestions | None = None) -> dict[str, Any]:
    """What the form begins with; with `guessed`, empty fields begin with the guess, for the person to confirm."""
    found = {
        "versi": evidence.details_version,
        "judul": evidence.title,
        "jenis": evidence.document_kind,
        "nomor": evidence.number,
        "tanggal": evidence.dated_on,
        "penanda_tangan": evidence.signatory,
        "penerbit": evidence.issuer,
        "berlaku_sampai": evidence.valid_until,
    }
    if guessed is not None:
        offered = {"jenis": guessed.document_kind, "nomor": guessed.number, "tanggal": guessed.dated_on}
        found |= {name: value for name, value in offered.items() if value and not found[name]}
    return found


class PlaceForm(forms.Form):
    """Pages and ticks of one document at one question, and what the person saw before."""

    halaman = forms.CharField(required=False, max_length=60)
    mencakup = forms.TypedMultipleChoiceField(required=False, coerce=int)
    dilihat = forms.CharField(required=False, max_length=400, strip=False)

    def __init__(self, *args: Any, expected: Sequence[str], page_count: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page_count = page_count  # None: nobody has counted them, as in office files and links
        choices = self.fields["mencakup"]
        choices.choices = [(str(place), line) for place, line in enumerate(expected)]  # type: ignore[attr-defined]
        choices.error_messages["invalid_choice"] = "Bukti yang diharapkan itu tidak ada pada pertanyaan ini."

    def clean_halaman(self) -> str:
        """ "hal. 12 - 14" becomes "12-14"."""
        pages = re.sub(r"^(hal(aman)?\.?|hlm\.?)\s*", "", self.cleaned_data["halaman"], flags=re.IGNORECASE)
        pages = re.sub(r"\s*[-\u2013\u2014]\s*", "-", pages).strip(" ,")
        if pages and not PAGES.fullmatch(pages):
            raise ValidationError("Tulis halaman sebagai angka, misalnya 12-14 atau 3, 5-6.")
        if any(int(first) > int(last) for first, last in re.findall(r"(\d+)-(\d+)", pages)):
            raise ValidationError("Halaman pertama lebih besar daripada yang terakhir. Tulis misalnya 12-14.")
        self._require_pages([int(page) for page in re.findall(r"\d+", pages)])
        return re.sub(r",\s*", ", ", pages)

    def _require_pages(self, named: Sequence[int]) -> None:
        if 0 in named:
            raise ValidationError("Halaman dihitung mulai dari 1.")
        last = max(named, default=0)
        if self.page_count is not None and last > self.page_count:
            raise ValidationError(
                f"Berkas ini hanya {self.page_count} halaman; halaman {last} tidak ada. Hitung dari halaman "
                "pertama berkas, bukan nomor yang tercetak."
            )

    @property
    def seen(self) -> tuple[str, list[int]]:
        """What stood in the page that the person looked at."""
        pages, _, covers = self.cleaned_data["dilihat"].rpartition("|")
        return pages, [int(each) for each in covers.split(",") if each.isascii() and each.isdigit()]


class WarningForm(forms.Form):
    """Why a doubt is none."""

    alasan = forms.CharField(max_length=300, error_messages={"required": ANSWER})


class StillValidForm(forms.Form):
    """Until when a document taken over from another cycle holds; empty: until it is replaced."""

    berlaku_sampai = DayField(required=False)


def _iso(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
