"""Input about offices: a name and what else the office is called."""

from typing import Any

from django import forms

from accounts.offices.names import key_of

MOST_ALIASES = 20


def _plain(text: str) -> str:
    """Without doubled or strange spaces."""
    return " ".join(text.split())


class OfficeForm(forms.Form):
    """Name and aliases; every one must hold a letter or digit, or nothing could ever be recognised by it."""

    name = forms.CharField(label="Nama perangkat daerah", max_length=120)
    aliases = forms.CharField(
        label="Nama lain", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Satu nama per baris, misalnya Capil. Nama ini dikenali saat berkas Excel diunggah; "
        "besar kecil huruf, spasi, dan tanda baca tidak berpengaruh.",
    )  # fmt: skip
    seen = forms.CharField(required=False, strip=False, max_length=6000, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        """A readable name."""
        name = _plain(self.cleaned_data["name"])
        if not key_of(name):
            raise forms.ValidationError("Nama harus memuat huruf atau angka.")
        return name

    def clean_aliases(self) -> list[str]:
        """One per line, each at most as long as a name."""
        found = [_plain(line) for line in self.cleaned_data["aliases"].splitlines() if line.strip()]
        if len(found) > MOST_ALIASES:
            raise forms.ValidationError(f"Paling banyak {MOST_ALIASES} nama lain.")
        for alias in found:
            if len(alias) > 120:
                raise forms.ValidationError(f"Nama lain paling panjang 120 karakter: “{alias[:40]}…”.")
            if not key_of(alias):
                raise forms.ValidationError(f"Nama lain “{alias}” tidak memuat huruf atau angka.")
        return found

    def clean_seen(self) -> str:
        """Browsers send lines with a carriage return."""
        return str(self.cleaned_data["seen"]).replace("\r\n", "\n")


class RegionSearchForm(forms.Form):
    """Which region's offices the administrator wants to see."""

    q = forms.CharField(label="Cari kabupaten/kota", required=False, max_length=80)

    def wanted(self) -> str:
        """The words, or nothing."""
        self.is_valid()
        return str(self.cleaned_data.get("q") or "")


def initial_of(office: Any) -> dict[str, str]:
    """An office as the form shows it."""
    return {"name": office.name, "aliases": "\n".join(office.aliases)}
