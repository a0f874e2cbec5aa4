"""Tables of Tanah Bumbu: a dozen questions filled in through the real action, every name made up and said to be so."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from accounts.models import User
from clusters.matrices import Column, Kind
from evaluations.matrices import actions
from evaluations.matrices.rows import Row, columns_of
from evaluations.models import Answer, Evaluation, MatrixVersion

DISTRICTS = ("Batulicin", "Simpang Empat", "Kusan Hilir", "Kusan Hulu", "Satui", "Sungai Loban", "Karang Bintang",
             "Mantewe", "Angsana", "Kuranji", "Kusan Tengah", "Teluk Kepayang")  # fmt: skip
PARTNERS = ("Forum CSR Bersujud", "Radio Suara Bersujud", "Yayasan Peduli Anak Bersujud", "Universitas Contoh",
            "APSAI Tanah Bumbu", "Karang Taruna Contoh")  # fmt: skip
TEXTS: dict[str, tuple[str, ...]] = {
    "mitra": PARTNERS,
    "lembaga": ("Puskesmas Batulicin", "SDN Contoh 1", "PUSPAGA Bersujud", "UPTD PPA", "LKSA Contoh", "Dinas Sosial"),
    "kegiatan": ("Pelatihan pengasuhan positif", "Siaran hak anak", "Pendampingan sekolah ramah anak", "Bakti anak"),
    "hasil": ("Berjalan tiap triwulan", "Laporan tersedia", "Diteruskan tahun berikutnya"),
    "peran": ("Koordinator", "Penyedia layanan", "Rujukan", "Pendanaan"),
    "jabatan": ("Perawat", "Guru", "Pengasuh", "Pendamping", "Konselor"),
    "penyebab": ("Ekonomi", "Putus sekolah", "Adat"),
    "sumber": ("Dukcapil, contoh",),
    "bukti": ("Sertifikat, contoh",),
    "nomor": ("Contoh/01/2023", "Contoh/07/2024"),
    "dasar": ("SK contoh 188.45/2023",),
    "pelaksana": ("DP3AP2KB", "Dinas Kesehatan", "Dinas Pendidikan"),
    "nama": ("Taman Bermain Bersujud", "Ruang Baca Contoh", "SDN Contoh 2", "Pojok Anak Batulicin", "SDN Contoh 3"),
}
# question -> rows: short tables, and some as long as they are in life
TABLES = {"2.5": 14, "3.1a": 6, "3.1b": 5, "4.1": 16, "4.2": 16, "4.5": 8, "5.1": 9, "6.3": 5, "7.1": 24, "8.1": 7,
          "12.6": 6, "19.2b": 62, "21B.1": 6, "25.2": 12}  # fmt: skip
_Value = Callable[[Column, int], str]


def seed_matrices(evaluation: Evaluation, authors: Mapping[int, User], operator: User, at: datetime) -> None:
    """Fill the tables while the evaluation is still being answered."""
    answers = Answer.objects.filter(evaluation=evaluation, question__code__in=TABLES).select_related("question")
    for place, answer in enumerate(answers.order_by("question__position")):
        columns = columns_of(answer.question, None)
        rows = [_row(columns, number) for number in range(TABLES[answer.question.code])]
        actions.save_rows(
            answer=answer, version=0, columns=columns, rows=rows, origin=MatrixVersion.Origin.TYPED,
            by=authors.get(answer.question_id, operator), at=at + timedelta(minutes=40 * place),
        )  # fmt: skip


def _row(columns: tuple[Column, ...], number: int) -> Row:
    cells = {column.code: _VALUES[column.kind](column, number) for column in columns}
    return {code: text for code, text in cells.items() if text}


def _text(column: Column, number: int) -> str:
    words = TEXTS.get(column.code)
    if words is None:
        return f"Contoh {column.name.lower()} {number + 1}" if column.required else ""
    again = number // len(words)
    return words[number % len(words)] + (f" ({again + 1})" if again and column.code in ("nama", "mitra") else "")


def _figure(code: str, number: int) -> str:
    """More children than are reached, more staff than are trained, budgets in millions."""
    more, times = {"anak": 200, "sdm": 120}.get(code, 0), 1_250_000 if code == "anggaran" else 1
    return str((12 + number * 7 % 90 + more) * times)


_VALUES: dict[Kind, _Value] = {
    Kind.TEXT: _text,
    Kind.NUMBER: lambda column, number: _figure(column.code, number),
    Kind.YEAR: lambda column, number: str(2023 + number % 2),
    Kind.DATE: lambda column, number: (
        f"{2026 if column.code == 'sampai' else 2024}-{number % 12 + 1:02d}-{number * 5 % 27 + 1:02d}"
    ),
    Kind.CHOICE: lambda column, number: column.choices[number // 2 % len(column.choices)],
    Kind.DISTRICT: lambda column, number: DISTRICTS[number % len(DISTRICTS)],
    Kind.VILLAGE: lambda column, number: f"Desa Contoh {number + 1}",
}
