"""What a person hands in: a stretch of the table, pasted text, a spreadsheet."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evaluations.matrices.rows import MOST_ROWS

STALE = "Muat ulang halaman, lalu simpan lagi."
MOST_PASTED = 900_000  # characters; the portal takes 1 MB of text in one request
_FIELD = re.compile(r"b(?P<row>[0-9]{1,6})-(?P<column>[a-z][a-z0-9_]{0,39}|hapus)")

Typed = list[dict[str, str]]  # column code -> what was typed


def _number(**kwargs: Any) -> forms.IntegerField:
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), STALE)
    return forms.IntegerField(min_value=0, max_value=1_000_000_000, error_messages=messages, **kwargs)


class TableForm(forms.Form):
    """Rows that take the place of `banyak` stored rows from `mulai` on, in the version `versi`.

    Rows come as fields `b3-tahun`, in the order in which they arrive, or all in `isi` as JSON: a form takes 400 fields.
    """

    versi = _number()
    mulai = _number(required=False)
    banyak = _number(required=False)
    isi = forms.CharField(required=False, strip=False)
    cara = forms.ChoiceField(choices=[("", ""), ("akhir", ""), ("semua", "")], required=False)
    asal = forms.ChoiceField(choices=[("", ""), ("tempel", ""), ("berkas", "")], required=False)
    halaman = forms.BooleanField(required=False)

    def clean_isi(self) -> Typed | None:
        """The rows, or None when they come as fields."""
        text = self.cleaned_data["isi"]
        if not text:
            return None
        try:
            rows = json.loads(text)
        except (ValueError, RecursionError):
            raise ValidationError(STALE) from None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValidationError(STALE)
        return [{str(code): str(cell) for code, cell in row.items() if isinstance(cell, str)} for row in rows]

    @property
    def rows(self) -> Typed:
        """What was typed, without the rows marked for deletion."""
        if self.cleaned_data.get("isi") is not None:
            return [row for row in self.cleaned_data["isi"] if not row.pop("hapus", "")]
        return _from_fields(self.data)


def _from_fields(fields: Mapping[str, Any]) -> Typed:
    rows: dict[str, dict[str, str]] = {}
    for name in fields:
        if found := _FIELD.fullmatch(name):
            rows.setdefault(found["row"], {})[found["column"]] = str(fields[name])
    return [row for row in rows.values() if not row.pop("hapus", "")]


class PasteForm(forms.Form):
    """Text copied from a spreadsheet."""

    versi = _number()
    halaman = forms.BooleanField(required=False)
    teks = forms.CharField(
        strip=False,
        max_length=MOST_PASTED,
        error_messages={
            "required": "Tempel baris dari Excel lebih dulu.",
            "max_length": "Tempelan ini terlalu panjang. Tempel sebagian-sebagian.",
        },
    )


class FileForm(forms.Form):
    """A spreadsheet; `selesai` is the last field: if it is missing, the body did not arrive whole."""

    versi = _number()
    halaman = forms.BooleanField(required=False)
    berkas = forms.FileField(
        allow_empty_file=True,
        error_messages={
            "required": "Pilih berkas Excel (.xlsx) lebih dulu.",
            "invalid": "Pilih berkas Excel (.xlsx) lebih dulu.",
        },
    )
    selesai = forms.CharField(error_messages={"required": "Unggahan terputus. Coba lagi."})


def too_many(count: int) -> str:
    """The sentence for more rows than a table may hold."""
    shown, most = (f"{number:,}".replace(",", ".") for number in (count, MOST_ROWS))
    return (
        f"Ada {shown} baris, sedangkan satu matriks memuat paling banyak {most} baris. Tidak ada yang ditambahkan; "
        "baris yang sudah tersimpan tetap ada. Ringkas datanya, misalnya per kecamatan."
    )
