"""What the first sheet of a workbook says to the person who opens it."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import Office
from evaluations.models import Evaluation
from kla_portal.numbers import saat

_HOW = """\
1. Buka lembar “Jawaban”. Isi hanya sel kuning; sel lain terkunci.
2. Kolom Jawaban: pilih dari daftar yang muncul di selnya. Nilai tiap pilihan tertulis di kolom sebelahnya.
3. Kolom Angka: tulis persentase (0 sampai 100) atau jumlah, paling banyak dua angka di belakang koma. Pada persentase \
dan data dua tahun, jawaban mengikuti angka dengan sendirinya.
4. Kolom Catatan: penjelasan singkat untuk verifikator, paling panjang 4.000 karakter.
5. Simpan sebagai .xlsx, lalu unggah di halaman Buku kerja. Portal menampilkan pratinjau lebih dulu; tidak ada yang \
berubah sebelum Anda menekan Terapkan."""
_RULES = """\
• Sel yang dikosongkan tidak mengubah isi portal. Mengosongkan jawaban dilakukan di portal.
• Bila sebuah jawaban juga diubah di portal sesudah buku kerja ini dibuat, Anda memilih versi yang berlaku saat unggah.
• Bukti (berkas) diunggah di portal. Kolom Data dukung hanya menunjukkan yang sudah ada.
• Rumus dan sel gabungan di sel kuning ditolak. Tempel sebagai nilai.
• Jangan menghapus kolom atau lembar; kolom tersembunyi dipakai portal untuk mengenali baris.
• Perlindungan lembar ini tanpa sandi: hanya mencegah salah ketik, bukan rahasia. Jangan menulis data pribadi anak."""


def title_of(office: Office | None) -> str:
    """Whose workbook it is, in words."""
    return f"Buku kerja {office.name if office else 'semua pertanyaan'}"


def paragraphs(
    evaluation: Evaluation, questions: int, at: datetime, closes_at: datetime | None
) -> Iterator[tuple[str, str]]:
    """(style, text) from top to bottom."""
    zone = evaluation.region.time_zone
    yield "plain", f"{evaluation.cycle.name}, {evaluation.region.name}"
    yield "plain", f"Dibuat {saat(at, zone)}, memuat {questions} pertanyaan."
    if closes_at:
        yield "plain", f"Unggah kembali sebelum {saat(closes_at, zone)}."
    for heading, text in (("Cara mengisi", _HOW), ("Yang perlu diketahui", _RULES)):
        yield "head", heading
        for line in text.split("\n"):
            yield "plain", line
