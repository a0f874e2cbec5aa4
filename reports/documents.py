"""The page of an evaluation's documents: what can be made, what has been made and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.text import slugify

from accounts.models import Office, User
from evaluations.models import Evaluation
from reports import rules
from reports.houses import House
from reports.letterheads import letterhead_of
from reports.models import Document, Letterhead
from reports.recipes import RECIPES
from reports.subjects import of

Kind, Format = Document.Kind, Document.Format


@dataclass(frozen=True, slots=True)
class Card:
    """A kind of document with the formats it comes in."""

    kind: str
    name: str
    purpose: str
    formats: tuple[tuple[str, str], ...]  # value, word on the button
    can_request: bool = False
    offices: Sequence[Office] = ()  # to choose from, where a document can be about one of them


CARDS = (
    Card(
        Kind.VERIFICATION,
        str(Kind.VERIFICATION.label),
        "Laporan resmi dengan kop dan nomor: ringkasan, nilai setiap klaster, indikator, dan pertanyaan, alasan, "
        "bukti, serta rekomendasi.",
        ((Format.PDF, "Buat PDF"), (Format.XLSX, "Excel"), (Format.CSV, "CSV")),
    ),
    Card(
        Kind.MINUTES,
        str(Kind.MINUTES.label),
        "Berita acara dengan tanggal dan nilai dengan huruf, para pihak, dasar hukum, tabel per klaster, catatan per "
        "indikator, rekomendasi, tanda tangan, dan daftar hadir.",
        ((Format.PDF, "Buat PDF"), (Format.DOCX, "Word")),
    ),
    Card(
        Kind.ADVICE,
        str(Kind.ADVICE.label),
        "Satu lembar untuk setiap perangkat daerah: temuan, rekomendasi, batas waktu, dan poin yang dapat dipulihkan.",
        ((Format.PDF, "Buat PDF"), (Format.DOCX, "Word")),
    ),
    Card(
        Kind.WORKING_PAPER,
        str(Kind.WORKING_PAPER.label),
        "Kertas kerja seperti tersimpan sekarang: yang telah dan belum dilaksanakan, data yang dibutuhkan, penanggung "
        "jawab, dan batas waktu.",
        ((Format.PDF, "Buat PDF"), (Format.XLSX, "Excel")),
    ),
    Card(
        Kind.VISIT_BRIEF,
        str(Kind.VISIT_BRIEF.label),
        "Posisi daerah dan poin yang masih dapat dipulihkan, dengan satu lembar untuk setiap perangkat daerah.",
        ((Format.PDF, "Buat PDF"),),
    ),
    Card(
        Kind.MATRICES,
        str(Kind.MATRICES.label),
        "Semua matriks isian seperti tersimpan sekarang: PDF untuk dibaca dan dilampirkan, Excel dengan satu lembar "
        "untuk setiap pertanyaan.",
        ((Format.PDF, "Buat PDF"), (Format.XLSX, "Excel")),
    ),
)


PROVINCE_CARDS = (
    Card(
        Kind.PROVINCE_RECAP,
        str(Kind.PROVINCE_RECAP.label),
        "Satu baris untuk setiap kabupaten/kota: nilai semua tahap yang ditetapkan, selisih, perkiraan dari skor, "
        "dan predikat ditetapkan.",
        ((Format.PDF, "Buat PDF"), (Format.XLSX, "Excel")),
    ),
    Card(
        Kind.LETTER,
        str(Kind.LETTER.label),
        "Daftar daerah dengan hasil verifikasi dan perkiraan dari skor, siap dilampirkan pada surat gubernur kepada "
        "Menteri.",
        ((Format.PDF, "Buat PDF"), (Format.DOCX, "Word")),
    ),
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the page shows."""

    cards: tuple[Card, ...]
    documents: Sequence[Document]
    can_request: bool
    can_edit_letterhead: bool
    letterhead: Letterhead | None


def shelf(user: User, evaluation: Evaluation) -> Shelf:
    """Three queries for any number of documents."""
    offices = tuple(Office.objects.filter(responsibilities__evaluation=evaluation).distinct().order_by("name"))
    return Shelf(
        cards=tuple(
            replace(
                card,
                can_request=rules.can_request(user, evaluation, card.kind),
                offices=offices if RECIPES[card.kind].of_offices else (),
            )
            for card in CARDS
        ),
        documents=list(rules.visible_documents(user).for_evaluation(evaluation).for_page().with_fate()),
        can_request=rules.can_request(user, evaluation),
        can_edit_letterhead=rules.can_set(user, House(region=evaluation.region)),
        letterhead=letterhead_of(House(region=evaluation.region)),
    )


def file_name(document: Document) -> str:
    """The name a document is saved under: made of the portal's own words, safe in any header and on any disk."""
    subject = of(document)
    cycle = subject.evaluation.cycle if subject.evaluation else subject.cycle
    office = document.office.code if document.office else ""
    words = f"{document.get_kind_display()} {subject.house.name} {office} {cycle.code if cycle else ''}"
    return f"{slugify(words)}.{document.format}"


def shelf_address(document: Document) -> str:
    """The page a document with `with_case` stands on."""
    province, cycle = document.province, document.cycle
    if province is not None and cycle is not None:
        return reverse("reports:province", args=[province.code, cycle.code])
    return reverse("reports:index", args=[document.evaluation_id])
