"""The report as tables: the same rows for Excel and CSV, numbers as numbers, words as words."""

from dataclasses import dataclass
from decimal import Decimal

from reports.content import LaporanContent
from reports.content.parts import Figures, QuestionLine

Cell = str | int | Decimal

FIGURES = ("Nilai maksimal", "Evaluasi mandiri", "Verifikasi", "Selisih")
FIGURE_WIDTH = 15


@dataclass(frozen=True, slots=True)
class Table:
    """One table: column titles with their widths, then rows of as many cells."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


def clusters(content: LaporanContent) -> Table:
    """Totals per cluster, the whole in the last row."""
    rows = [(each.code, each.name, *_four(each.figures), each.percent) for each in content.clusters]
    whole = ("", "Jumlah", *_four(content.standing.figures), "")
    return Table("Ringkasan", _columns(("Klaster", 9), ("Nama", 48), after=[("Capaian (%)", 12)]), (*rows, whole))


def reasons(content: LaporanContent) -> Table:
    """Where the points went; the last rows close the gap to the totals' difference."""
    rows: list[tuple[Cell, ...]] = [(each.label, each.questions, -each.points) for each in content.balance.reasons]
    rows.append(("Nilai yang dinaikkan verifikator", "", content.balance.raised))
    rows.append(("Batas nilai indikator", "", content.balance.ceilings))
    rows.append(("Jumlah", "", content.standing.figures.difference))
    return Table("Alasan", (("Alasan", 48), ("Pertanyaan", 12), ("Poin", FIGURE_WIDTH)), tuple(rows))


def indicators(content: LaporanContent) -> Table:
    """Every indicator with its ceiling."""
    rows = tuple(
        (cluster.code, each.code, each.name, *_four(each.figures), each.surplus)
        for cluster in content.clusters
        for each in cluster.indicators
    )
    columns = _columns(("Klaster", 9), ("Kode", 9), ("Indikator", 60), after=[("Di atas batas", 13)])
    return Table("Indikator", columns, rows)


def questions(content: LaporanContent) -> Table:
    """Every question with what was claimed, what was judged and why."""
    rows = tuple(
        (cluster.code, indicator.code, each.code, each.text, *_four(each.figures), *words(each))
        for cluster in content.clusters
        for indicator in cluster.indicators
        for each in indicator.questions
    )
    columns = _columns(("Klaster", 9), ("Indikator", 9), ("Kode", 9), ("Pertanyaan", 60), after=WORD_COLUMNS)
    return Table("Pertanyaan", columns, rows)


WORD_COLUMNS = [
    ("Klaim", 32), ("Catatan daerah", 32), ("Putusan", 32), ("Alasan", 28), ("Catatan verifikator", 40),
    ("Jumlah bukti", 12), ("Penanggung jawab", 30), ("Pendukung", 40),
]  # fmt: skip


def words(question: QuestionLine) -> tuple[Cell, ...]:
    """What stands in words beside a question's numbers."""
    return (
        question.claim,
        question.claim_note,
        question.verdict,
        question.reason,
        question.note,
        len(question.evidence),
        question.lead,
        ", ".join(question.supporters),
    )


def evidence(content: LaporanContent) -> Table:
    """Every use of a document as proof."""
    rows = tuple(
        (cluster.code, question.code, place, each.title, each.form, each.pages, each.digest)
        for cluster in content.clusters
        for question in cluster.questions
        for place, each in enumerate(question.evidence, 1)
    )
    columns = (
        ("Klaster", 9), ("Kode", 9), ("No.", 6), ("Dokumen", 70), ("Bentuk", 20), ("Halaman", 12), ("Sidik berkas", 14),
    )  # fmt: skip
    return Table("Bukti", columns, rows)


def flat(content: LaporanContent) -> Table:
    """All levels in one table, told apart by the first column: what a CSV file holds."""
    rows: list[tuple[Cell, ...]] = []
    empty = ("",) * len(WORD_COLUMNS)
    for cluster in content.clusters:
        rows.append(("Klaster", cluster.code, cluster.code, cluster.name, *_four(cluster.figures), *empty))
        for indicator in cluster.indicators:
            rows.append(("Indikator", cluster.code, indicator.code, indicator.name, *_four(indicator.figures), *empty))
            rows += [
                ("Pertanyaan", cluster.code, each.code, each.text, *_four(each.figures), *words(each))
                for each in indicator.questions
            ]
    rows.append(("Jumlah", "", "", content.standing.region, *_four(content.standing.figures), *empty))
    columns = _columns(("Tingkat", 12), ("Klaster", 9), ("Kode", 9), ("Nama", 60), after=WORD_COLUMNS)
    return Table("Laporan", columns, tuple(rows))


def _four(figures: Figures) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    return figures.maximum, figures.claimed, figures.verified, figures.difference


def _columns(*before: tuple[str, int], after: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return (*before, *((title, FIGURE_WIDTH) for title in FIGURES), *after)
