"""Made-up content by which a template is tried and looked at: two rows of everything, no real place or person."""

from decimal import Decimal
from typing import Any

from clusters.scoring import difference
from reports.content import AnjuranContent, BeritaContent, ProvinceContent
from reports.content.berita import ClusterLine, IndicatorNotes, NoteLine
from reports.content.brief import OfficeTasks, Task
from reports.content.laporan import Advice, OfficeAdvice
from reports.content.naskah import texts_of
from reports.content.parts import Figures, QuestionLine, Standing
from reports.content.provinsi import RegionRow
from reports.houses import House
from reports.models import Document

CYCLE = "Evaluasi KLA 2026"


def content_of(kind: str, house: House) -> Any:
    """The example for a kind, with the house's own sentences."""
    build = {Document.Kind.MINUTES: _berita, Document.Kind.ADVICE: _anjuran, Document.Kind.LETTER: _lampiran}
    return build[Document.Kind(kind)](house)


def _figures(maximum: str, claimed: str, verified: str) -> Figures:
    numbers = Decimal(maximum), Decimal(claimed), Decimal(verified)
    return Figures(*numbers, difference(numbers[2], numbers[1]))


def _standing(house: House) -> Standing:
    return Standing(
        region=house.region.name if house.region else "Kabupaten Contoh",
        region_code=house.code, province=house.region.province.name if house.region else house.place.name,
        zone=house.zone, cycle=CYCLE, award_year=2026, evidence_years=(2024, 2025), instrument="", stage="VA",
        stage_label="Verifikasi administrasi", closed_at="", submitted_at="", is_demo=True,
        figures=_figures("1000", "961.86", "800.38"), lost_percent=Decimal("16.8"), tier="Nindya", tier_claimed="",
        next_tier="", missing=None, award=None, bands=(), verifiers=("Verifikator Contoh",),
    )  # fmt: skip


def _berita(house: House) -> BeritaContent:
    lines = tuple(
        NoteLine(code, f"Pertanyaan contoh {code}", _figures("10", "10", "5"), "Bukti tidak lengkap",
                 "Baru terlampir halaman sampul.", "Dinas Contoh") for code in ("1.1", "1.2")
    )  # fmt: skip
    return BeritaContent(
        standing=_standing(house),
        texts=texts_of(house),
        clusters=(ClusterLine("K", "Kelembagaan", _figures("164", "153.58", "127.49")),
                  ClusterLine("I", "Hak Sipil dan Kebebasan", _figures("115", "111.93", "90.80"))),
        notes=(IndicatorNotes("1", "Indikator contoh", _figures("96", "91.19", "77.09"), lines),),
        advice=(Advice("Bukti tidak lengkap", "Lengkapi data dukung.", Decimal("10"),
                       (OfficeAdvice("Dinas Contoh", ("1.1", "1.2"), Decimal("10")),)),),
    )  # fmt: skip


def _anjuran(house: House) -> AnjuranContent:
    question = QuestionLine(
        "1.1", "Pertanyaan contoh", _figures("10", "10", "5"), "", "", "", "INCOMPLETE", "Bukti tidak lengkap",
        "Baru terlampir halaman sampul.", (), "Dinas Contoh", (),
    )  # fmt: skip
    task = Task(question, "K", Decimal("5"), "Lengkapi data dukung.", "")
    sheets = tuple(OfficeTasks(name, Decimal("5"), (task,), ("2.1",)) for name in ("Dinas Contoh", "Badan Contoh"))
    return AnjuranContent(_standing(house), texts_of(house), "", "", sheets)


def _lampiran(house: House) -> ProvinceContent:
    def row(code: str, name: str, verified: str | None) -> RegionRow:
        claimed, judged = Decimal("961.86"), Decimal(verified) if verified else None
        fell = difference(judged, claimed) if judged is not None else None
        return RegionRow(code, name, "", (claimed, judged), claimed, judged, fell, "Nindya", "")

    return ProvinceContent(
        province=house.place.name, province_code=house.code, zone=house.zone, cycle=CYCLE, award_year=2026,
        is_demo=True, maximum=Decimal(1000), stages=(("EM", "Evaluasi mandiri"), ("VA", "Verifikasi administrasi")),
        rows=(row("00.01", "Kabupaten Contoh", "800.38"), row("00.02", "Kota Contoh", "790.10"),
              row("00.03", "Kabupaten Menunggu", None)),
        sources=(), texts=texts_of(house),
    )  # fmt: skip
