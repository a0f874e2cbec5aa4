"""What the verifiers of the demo find: reasons as often as they really occur, each with a note of its own."""

from collections.abc import Sequence
from random import Random

from clusters.models import Question
from verification.models import Verdict

Reason = Verdict.Reason

WEIGHTS = {
    Reason.INCOMPLETE: 34,
    Reason.NOT_VALID: 14,
    Reason.WRONG_YEAR: 13,
    Reason.NO_MATRIX: 12,
    Reason.IRRELEVANT: 9,
    Reason.PHOTO_UNEXPLAINED: 7,
    Reason.DUPLICATE: 5,
    Reason.TOO_LATE: 5,
    Reason.UNREADABLE: 4,
    Reason.PERSONAL_DATA: 3,
}
REGULATION_SCALES = ("kebijakan", "peraturan_kla")

NOTES: dict[str, tuple[str, ...]] = {
    Reason.INCOMPLETE: (
        "Baru terlampir halaman sampul. Lampirkan dokumen utuh: {evidence}.",
        "Ada undangan dan foto, belum ada daftar hadir dan notulen.",
        "Data baru mencakup sebagian kecamatan; lengkapi untuk seluruh wilayah.",
        "Daftar sasaran belum dilampirkan sehingga cakupannya tidak dapat dipastikan.",
        "{evidence} belum lengkap; lampirkan seluruh halaman dan lampirannya.",
    ),
    Reason.NOT_VALID: (
        "Dokumen masih berupa rancangan, belum ditandatangani.",
        "DPA belum bertanda tangan pejabat berwenang.",
        "Surat keputusan belum bernomor dan bertanggal.",
    ),
    Reason.WRONG_YEAR: (
        "Kegiatan berlangsung tahun 2022, di luar tahun data.",
        "Data yang dilampirkan baru tahun 2023; tahun 2024 belum ada.",
        "Surat keputusan sudah berakhir masa berlakunya sebelum tahun data.",
    ),
    Reason.NO_MATRIX: (
        "Matriks isian belum dilampirkan.",
        "Matriks ada tetapi kolom sasaran dan anggarannya kosong.",
    ),
    Reason.IRRELEVANT: (
        "Bukti menerangkan kegiatan lain, bukan yang ditanyakan.",
        "Dokumen tingkat provinsi; yang ditanyakan pelaksanaan di kabupaten.",
    ),
    Reason.PHOTO_UNEXPLAINED: (
        "Foto tanpa keterangan tempat, tanggal, dan kegiatan.",
        "Foto tidak menunjukkan layanan yang ditanyakan; tambahkan keterangan.",
    ),
    Reason.DUPLICATE: ("Dokumen sama dengan bukti pertanyaan lain dan tidak menjawab butir ini.",),
    Reason.TOO_LATE: ("Peraturan ditetapkan setelah batas tanggal penilaian.",),
    Reason.UNREADABLE: ("Hasil pindai terlalu buram untuk dibaca; unggah ulang.",),
    Reason.PERSONAL_DATA: ("Nama dan alamat anak terlihat; tutup data pribadinya lalu unggah ulang.",),
}
PRAISE = (
    "Bukti lengkap dan sesuai.",
    "Sesuai; layanan terdokumentasi dua tahun.",
    "Diterima. Praktik baik, dapat ditunjukkan saat verifikasi lapangan.",
)


def reason_for(question: Question, rng: Random) -> Reason:
    """A reason that can be true of this question: no missing matrix where none is asked for."""
    weights = dict(WEIGHTS)
    if not question.matrix:
        del weights[Reason.NO_MATRIX]
    if question.scale not in REGULATION_SCALES:
        del weights[Reason.TOO_LATE]
    if not any("oto" in each for each in question.evidence):
        del weights[Reason.PHOTO_UNEXPLAINED]
    return rng.choices(list(weights), list(weights.values()))[0]


def note_for(question: Question, reason: Reason, rng: Random) -> str:
    """A verifier's note in one or two sentences."""
    evidence: Sequence[str] = question.evidence or ["bukti pendukung"]
    return rng.choice(NOTES[reason]).format(evidence=rng.choice(evidence).rstrip("."))


def praise(rng: Random) -> str:
    """A note on an accepted claim; most have none."""
    return rng.choice(PRAISE) if rng.random() < 0.12 else ""
