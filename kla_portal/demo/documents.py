"""What the demo's documents say of themselves, and a few over which a verifier would stumble."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import User
from evaluations.evidence import actions as proving
from evaluations.evidence import suggestions
from evaluations.models import Evaluation, Evidence
from kla_portal.demo.papers import HEAD
from kla_portal.demo.pdf import pages_of

OPEN_CASE = "63.05"  # Tapin: still being answered, so its doubts can be answered too
DAY = date(2024, 6, 12)
DAYS = {"SK Forum Anak Daerah": date(2021, 3, 3), "SK Desa layak anak": date(2025, 2, 10)}
VALID_UNTIL = {"MoU kemitraan dunia usaha": date(2023, 12, 31)}
EVERY = 4  # one of four is left without details, as in life


def describe(evaluation: Evaluation, by: User, at: datetime) -> None:
    """Kind, number, day, signatory and office of most documents, through the real action."""
    for place, evidence in enumerate(Evidence.objects.filter(evaluation=evaluation).order_by("pk"), 1):
        if place % EVERY == 0 and evidence.title not in {**DAYS, **VALID_UNTIL}:
            continue
        details = proving.Details(
            title=evidence.title,
            document_kind=suggestions.guess(evidence.title, "").document_kind,
            number="" if evidence.media_type.startswith("image/") else f"400.2/{place:03d}/CONTOH/2024",
            dated_on=DAYS.get(evidence.title, DAY),
            signatory="Nama Penanda Tangan (contoh)",
            issuer=str(evidence.office or "Pemerintah Kabupaten Tanah Bumbu"),
            valid_until=VALID_UNTIL.get(evidence.title),
        )
        moment = at + timedelta(minutes=place)
        proving.save_details(evidence=evidence, version=0, details=details, by=by, at=moment)


def seed_open_case(evaluation: Evaluation, by: User, at: datetime) -> None:
    """Three documents at the first questions: a mere cover, blank and old pages, a small photo without a place."""
    answers = evaluation.answers.select_related("evaluation__cycle", "question").order_by("question__position")
    for answer, (name, content) in zip(answers[:3], _papers(), strict=True):
        proving.attach_file(answer=answer, upload=ContentFile(content, name=name), by=by, at=at)


def _papers() -> Sequence[tuple[str, bytes]]:
    cover = pages_of([[*HEAD, "# PERATURAN DAERAH", "NOMOR 3 TAHUN 2023", "TENTANG KABUPATEN LAYAK ANAK (CONTOH)"]])
    decree = [*HEAD, "# KEPUTUSAN BUPATI", "Nomor : 188.45/000/CONTOH/2021", "Ditetapkan pada tanggal 9 Maret 2021"]
    photo = BytesIO()
    Image.linear_gradient("L").resize((440, 320)).save(photo, "JPEG", quality=70)
    return (
        ("Perda KLA (contoh).pdf", cover),
        ("SK Gugus Tugas (contoh).pdf", pages_of([decree, [], ["Lampiran (contoh)"]])),
        ("Foto rapat (contoh).jpg", photo.getvalue()),
    )
