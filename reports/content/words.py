"""Claims, verdicts and evidence as short Indonesian phrases: the same in every format."""

from clusters.models import Question
from evaluations.models import Answer, Evidence
from kla_portal.numbers import bulat
from verification.models import Verdict

FORMS = {
    "application/pdf": "PDF",
    "image/jpeg": "gambar",
    "image/png": "gambar",
    "image/webp": "gambar",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
}


def claim(answer: Answer, question: Question) -> str:
    """What the region says of itself: the option's words, with the figures behind them where there are any."""
    if not answer.is_answered:
        return "Belum diisi"
    if answer.kind == Answer.Kind.FREE:
        return f"Nilai langsung: {answer.reason}"
    label = answer.option.label if answer.option else ""
    if answer.kind == Answer.Kind.OPTION or answer.measure is None:
        return label
    unit = "%" if question.measure == Question.Measure.PERCENTAGE else ""
    if question.two_years and answer.measure_before is not None:
        return f"{label} ({bulat(answer.measure_before)}{unit} menjadi {bulat(answer.measure)}{unit})"
    return f"{label} ({bulat(answer.measure)}{unit})"


def verdict(found: Verdict | None) -> str:
    """The reviewer's decision; a question nobody touched keeps what it had."""
    if found is None:
        return "Tidak dinilai, nilai tahap sebelumnya berlaku"
    if found.decision == Verdict.Decision.OPTION and found.option:
        return f"Opsi lain: {found.option.label}"
    return str(found.get_decision_display())


def form_of(evidence: Evidence) -> str:
    """What kind of document it is and how long: "PDF, 3 halaman"."""
    if not evidence.is_file:
        return "tautan"
    form = FORMS.get(evidence.media_type, "berkas")
    return f"{form}, {evidence.page_count} halaman" if evidence.page_count and form != "gambar" else form
