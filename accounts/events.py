"""The page with the trail: events of the chains a person may read, newest first, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import AuditEvent

PAGE = 50

WORDS = {
    "answer.checked": "Jawaban salinan diperiksa",
    "answer.confirmed": "Jawaban dikonfirmasi",
    "answer.returned": "Jawaban dikembalikan",
    "answer.saved": "Jawaban disimpan",
    "answer.taken_over": "Jawaban siklus lalu dipakai lagi",
    "answer.unconfirmed": "Konfirmasi ditarik",
    "archive.received": "Arsip diterima",
    "archive.unpacked": "Arsip dibongkar",
    "award.corrected": "Predikat diperbaiki",
    "award.recorded": "Predikat dicatat",
    "board.downloaded": "Papan diunduh",
    "comment.said": "Komentar ditulis",
    "comment.withdrawn": "Komentar ditarik",
    "deadline.moved": "Tenggat dipindahkan",
    "conflict.declared": "Benturan kepentingan dinyatakan",
    "conflict.withdrawn": "Benturan kepentingan dicabut",
    "demo.answered": "Jawaban contoh dibuat",
    "demo.judged": "Penilaian contoh dibuat",
    "document.downloaded": "Dokumen diunduh",
    "document.made": "Dokumen selesai dibuat",
    "document.requested": "Dokumen diminta",
    "document.retried": "Dokumen dicoba lagi",
    "double.drawn": "Sampel penilaian ganda ditarik",
    "double.read": "Penilaian kedua diberikan",
    "double.released": "Penilaian kedua dialihkan",
    "double.settled": "Perbedaan penilaian diputuskan",
    "double.share_set": "Penilaian ganda diatur",
    "evaluation.opened": "Evaluasi dibuka",
    "evaluation.reopened": "Evaluasi mandiri dibuka kembali",
    "evaluation.submitted": "Evaluasi mandiri dikirim",
    "evidence.attached": "Bukti dilampirkan",
    "evidence.bundled": "Arsip bukti diunduh",
    "evidence.described": "Rincian bukti diubah",
    "evidence.detached": "Bukti dilepas",
    "evidence.downloaded": "Bukti diunduh",
    "evidence.taken_over": "Bukti siklus lalu dipakai lagi",
    "evidence.infected": "Bukti ditolak pemindai virus",
    "evidence.placed": "Cakupan bukti diubah",
    "evidence.kept": "Dokumen disimpan di pustaka",
    "evidence.replaced": "Bukti diganti",
    "evidence.still_valid": "Bukti dinyatakan masih berlaku",
    "evidence.warning_answered": "Peringatan bukti dijawab",
    "import.confirmed": "Isi berkas diterapkan",
    "import.discarded": "Pratinjau berkas dibuang",
    "import.downloaded": "Berkas unggahan diunduh",
    "import.uploaded": "Berkas jawaban diunggah",
    "job.retried": "Pekerjaan diulang",
    "letterhead.saved": "Kop surat disimpan",
    "wording.saved": "Naskah dokumen disimpan",
    "word_template.saved": "Templat Word disimpan",
    "word_template.removed": "Templat Word dihapus",
    "note.removed": "Catatan pada bukti dihapus",
    "note.written": "Catatan pada bukti ditulis",
    "offices.opened": "Perangkat kecamatan dibuat",
    "paper.downloaded": "Kertas kerja rapat diunduh",
    "paper.edited": "Kertas kerja rapat disunting",
    "paper.refilled": "Kertas kerja rapat diisi ulang",
    "places.ticked": "Lembar centang diisi",
    "office.changed": "Perangkat daerah diubah",
    "office.created": "Perangkat daerah ditambahkan",
    "office.retired": "Perangkat daerah dihapus",
    "matrix.restored": "Matriks dipulihkan",
    "matrix.saved": "Matriks disimpan",
    "recap.downloaded": "Rekap diunduh",
    "recap.imported": "Rekap dimuat",
    "responsibility.changed": "Pembagian tugas diubah",
    "sending.asked": "Persetujuan pimpinan diminta",
    "sending.declined": "Pengiriman tidak disetujui",
    "sending.switched": "Persetujuan pimpinan diatur",
    "sending.withdrawn": "Permintaan persetujuan ditarik",
    "stage.closed": "Tahap ditutup",
    "trail.begun": "Jejak daerah dimulai",
    "trail.exported": "Jejak kegiatan diekspor",
    "trail.sealed": "Jejak disegel harian",
    "user.activated": "Akun diaktifkan",
    "user.created": "Akun dibuat",
    "user.deactivated": "Akun dinonaktifkan",
    "user.changed": "Akun diubah",
    "user.email_changed": "Surel akun diubah",
    "user.digest_switched": "Ringkasan surel diatur",
    "user.email_refused": "Alamat surel ditolak server",
    "user.link_issued": "Tautan sekali pakai dibuat",
    "user.logged_in": "Masuk",
    "users.imported": "Pengguna diimpor",
    "user.password_set": "Kata sandi diganti",
    "user.sessions_ended": "Sesi diakhiri",
    "verdict.recorded": "Penilaian dicatat",
    "verifier.changed": "Penugasan verifikator diubah",
    "verifier.assigned": "Verifikator ditugaskan",
    "verifier.unassigned": "Penugasan dicabut",
    "workbook.downloaded": "Buku kerja diunduh",
}
SUBJECTS = {
    "answer": "jawaban",
    "archive": "arsip",
    "award": "predikat",
    "cycle": "siklus",
    "document": "dokumen",
    "duty": "pembagian tugas",
    "evaluation": "evaluasi",
    "evidence": "bukti",
    "import": "berkas unggahan",
    "job": "pekerjaan",
    "letterhead": "kop surat",
    "office": "perangkat daerah",
    "province": "provinsi",
    "region": "daerah",
    "user": "akun",
    "users": "daftar pengguna",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the page shows it."""

    event: AuditEvent
    what: str
    subject: str
    zone: str  # of the region's clock


@dataclass(frozen=True, slots=True)
class EventPage:
    """A page of events; `older` is where the next one begins, None at the end."""

    lines: Sequence[Line]
    older: int | None


def page_of(events: QuerySet[AuditEvent], wanted: Mapping[str, Any]) -> EventPage:
    """The newest events that fit `wanted` (action, by, start, end, before); one query whatever the trail's length."""
    events = _narrowed(events, wanted).select_related("by", "chain__region").order_by("-pk")
    rows = list(events[: PAGE + 1])
    lines = [_line(event) for event in rows[:PAGE]]
    return EventPage(lines, rows[PAGE - 1].pk if len(rows) > PAGE else None)


def _narrowed(events: QuerySet[AuditEvent], wanted: Mapping[str, Any]) -> QuerySet[AuditEvent]:
    if "action" in wanted:
        events = events.filter(action=wanted["action"])
    if "by" in wanted:
        events = events.filter(by__username__iexact=wanted["by"].strip())
    if "start" in wanted:
        events = events.filter(at__gte=_midnight(wanted["start"]))
    if "end" in wanted:
        events = events.filter(at__lt=_midnight(wanted["end"]) + timedelta(days=1))
    if "before" in wanted:
        events = events.filter(pk__lt=wanted["before"])
    return events


def _midnight(day: date) -> datetime:
    """The day's first moment; years the calendar cannot hold in every zone are brought to its edge."""
    day = min(max(day, date(2, 1, 1)), date(9998, 12, 31))
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def _line(event: AuditEvent) -> Line:
    kind, _, number = event.subject.partition(":")
    region = event.chain.region
    return Line(
        event=event,
        what=WORDS.get(event.action, "Kejadian lain"),
        subject=f"{SUBJECTS.get(kind, 'butir')} {number}",
        zone=str(region.time_zone) if region else settings.TIME_ZONE,
    )
