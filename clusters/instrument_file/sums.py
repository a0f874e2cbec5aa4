"""Whether the stated maxima add up: what must (clusters, total), and what may not (questions above a ceiling)."""

from decimal import Decimal

from clusters.instrument_file.content import Content, IndicatorEntry
from clusters.instrument_file.faults import Faults
from clusters.scoring import total
from kla_portal.numbers import angka

REQUIRED_TOTAL = Decimal("1000.00")


def check_sums(content: Content) -> list[str]:
    """Remarks on indicators whose questions miss their ceiling. Raises `FileRefused` when a cluster or the total does
    not equal the sum of what it holds."""
    faults = Faults()
    if content.maximum != REQUIRED_TOTAL:
        faults.add(content.line, f"Nilai maksimal instrumen harus 1.000,00, tertulis {angka(content.maximum)}.")
    for cluster in content.clusters:
        held = total([indicator.maximum for indicator in cluster.indicators])
        if held != cluster.maximum:
            faults.add(
                cluster.line,
                f"Klaster {cluster.code}: indikatornya berjumlah {angka(held)}, tertulis {angka(cluster.maximum)}.",
            )
    held = total([cluster.maximum for cluster in content.clusters])
    if held != content.maximum:
        faults.add(content.line, f"Klaster berjumlah {angka(held)}, tertulis {angka(content.maximum)}.")
    for band in content.bands:
        if band.lowest > content.maximum:
            faults.add(content.line, f"Predikat {band.code} dimulai di atas nilai maksimal instrumen.")
    faults.refuse_if_any()
    return [remark for indicator in content.indicators if (remark := _remark(indicator))]


def _remark(indicator: IndicatorEntry) -> str:
    held = total([question.maximum for question in indicator.questions])
    if held == indicator.maximum:
        return ""
    stated = f"Indikator {indicator.code}: pertanyaannya berjumlah {angka(held)}, nilai maksimalnya"
    if held > indicator.maximum:
        return f"{stated} {angka(indicator.maximum)}; kelebihannya tidak dihitung."
    return f"{stated} {angka(indicator.maximum)}; nilai penuh tidak dapat dicapai."
