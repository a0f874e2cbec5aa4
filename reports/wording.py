"""The sentences of papers that a house may change: what they are called, what they say by default, what they know.

Pure: names and texts in, texts out. A text may hold names in braces, `{daerah}`; only the known ones are allowed and
only they are replaced, when a paper is printed. Whatever else a text holds is text and is escaped like any other.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

KNOWN = {
    "hari_tanggal": "hari dan tanggal dengan huruf",
    "tanggal": "tanggal dokumen",
    "tempat": "tempat penandatanganan",
    "nomor": "nomor dokumen",
    "daerah": "nama daerah",
    "provinsi": "nama provinsi",
    "siklus": "nama siklus",
    "tahap": "tahap yang dilaporkan",
    "tenggat": "batas waktu rekomendasi",
    "nilai": "nilai verifikasi",
    "nilai_huruf": "nilai verifikasi dengan huruf",
    "predikat": "perkiraan dari skor",
}
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Text:
    """One setting: `lines` 1 is a field, more an area, 0 a whole number."""

    name: str
    label: str
    default: str
    lines: int = 1
    help: str = ""
    most: int = 250


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that stand together in the form."""

    label: str
    texts: tuple[Text, ...]


LAW = "\n".join(
    (
        "Undang-Undang Nomor 23 Tahun 2002 tentang Perlindungan Anak sebagaimana telah beberapa kali diubah.",
        "Peraturan Presiden Nomor 25 Tahun 2021 tentang Kebijakan Kabupaten/Kota Layak Anak.",
        "Peraturan Menteri Pemberdayaan Perempuan dan Perlindungan Anak Nomor 12 Tahun 2022 tentang Penyelenggaraan "
        "Kabupaten/Kota Layak Anak.",
    )
)
GROUPS = (
    Group(
        "Berita acara",
        (
            Text(
                "opening",
                "Pembukaan",
                "Pada hari ini, {hari_tanggal}, bertempat di {tempat}, kami yang bertanda tangan di bawah ini telah "
                "melaksanakan {tahap} atas evaluasi Kabupaten/Kota Layak Anak {daerah}, Provinsi {provinsi}, untuk "
                "{siklus}.",
                lines=5,
                most=2000,
            ),
            Text("law", "Dasar hukum", LAW, lines=6, help="Satu peraturan pada setiap baris.", most=LONGEST),
            Text(
                "closing",
                "Penutup",
                "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.",
                lines=3,
                most=2000,
            ),
            Text("attendance_rows", "Baris kosong daftar hadir", "12", lines=0, help="0 sampai 60."),
        ),
    ),
    Group(
        "Pihak pertama",
        (
            Text("first_party", "Sebutan", "Tim Verifikasi Provinsi {provinsi}"),
            Text("first_position", "Jabatan", "Ketua Tim Verifikasi"),
            Text("first_name", "Nama", "", help="Kosong: garis titik-titik untuk ditulis tangan."),
            Text("first_number", "NIP", "", help="18 angka."),
        ),
    ),
    Group(
        "Pihak kedua",
        (
            Text("second_party", "Sebutan", "Gugus Tugas Kabupaten/Kota Layak Anak {daerah}"),
            Text("second_position", "Jabatan", "Ketua Gugus Tugas"),
            Text("second_name", "Nama", ""),
            Text("second_number", "NIP", "", help="18 angka."),
        ),
    ),
    Group(
        "Mengetahui",
        (
            Text("known_position", "Jabatan", "Kepala Dinas yang membidangi perlindungan anak Provinsi {provinsi}"),
            Text("known_name", "Nama", ""),
            Text("known_number", "NIP", "", help="18 angka."),
        ),
    ),
    Group(
        "Rekomendasi",
        (
            Text(
                "advice_opening",
                "Pembukaan lembar rekomendasi",
                "Berdasarkan {tahap} atas evaluasi Kabupaten/Kota Layak Anak {daerah} ({siklus}), disampaikan "
                "rekomendasi berikut untuk ditindaklanjuti paling lambat {tenggat}.",
                lines=4,
                most=2000,
            ),
            Text(
                "advice_closing",
                "Penutup lembar rekomendasi",
                "Bukti tindak lanjut diunggah ke portal pada pertanyaan yang bersangkutan.",
                lines=2,
                most=2000,
            ),
            Text("deadline_days", "Batas waktu tindak lanjut (hari)", "14", lines=0, help="Sejak tanggal dokumen."),
        ),
    ),
    Group(
        "Lampiran surat gubernur",
        (
            Text("letter_heading", "Kepala lampiran", "Lampiran Surat Gubernur {provinsi}"),
            Text("letter_number", "Baris nomor surat", "Nomor: ........................................"),
            Text("letter_date", "Baris tanggal surat", "Tanggal: ......................................."),
            Text("letter_subject", "Perihal", "Hasil Verifikasi Evaluasi Kabupaten/Kota Layak Anak, {siklus}"),
            Text(
                "letter_opening",
                "Pembukaan",
                "Berikut hasil verifikasi atas evaluasi mandiri kabupaten/kota di Provinsi {provinsi} yang telah "
                "ditetapkan sampai dengan {tanggal}.",
                lines=3,
                most=2000,
            ),
            Text("letter_position", "Jabatan penanda tangan", "Gubernur {provinsi}"),
            Text("letter_name", "Nama penanda tangan", ""),
        ),
    ),
)
OF_PROVINCES = frozenset({"Lampiran surat gubernur"})  # groups that mean nothing to a region
TEXTS = {text.name: text for group in GROUPS for text in group.texts}
NUMBERS = {"attendance_rows": (0, 60), "deadline_days": (1, 365)}
NIPS = frozenset({"first_number", "second_number", "known_number"})


def groups_for(*, is_province: bool) -> list[Group]:
    """What a house may change: a region writes no letters of the governor."""
    return [group for group in GROUPS if is_province or group.label not in OF_PROVINCES]


def resolved(*layers: Mapping[str, str]) -> dict[str, str]:
    """Every text: of the first layer that has it, in the end the default."""
    found = {name: text.default for name, text in TEXTS.items()}
    for layer in reversed(layers):
        found |= {name: text for name, text in layer.items() if name in TEXTS and text}
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """The known names replaced by what they stand for; everything else stays as it was typed."""
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]] if match[1] in values else match[0], text)


def unknown_names(text: str) -> set[str]:
    """Names in braces that no text knows; a broken brace or a path into an object counts as unknown."""
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        return {"{ atau } tanpa pasangan"}
    return {name or "{}" for name, spec, conversion in fields if name not in KNOWN or spec or conversion}
