"""What an old answer claims under the new question: options by their words, figures by the new ranges."""

from decimal import Decimal

from clusters.catalogue import Entry
from evaluations import claims
from evaluations.claims import Claim, NotAClaim
from evaluations.models import Answer

FREE = "Nilai lama dimasukkan tanpa opsi. Pilih opsinya."
GONE = "Opsi lama tidak ada lagi pada pertanyaan ini. Pilih opsi yang sesuai."
OTHER_MEASURE = "Cara menjawab pertanyaan ini berubah. Isi dari awal."
TICKED = "Angka pertanyaan ini mengikuti lembar centang. Ubah centangnya; jawaban siklus lalu tidak dipakai."


def claim_again(answer: Answer, entry: Entry) -> Claim:
    """The old claim as the new question understands it; `answer.option` must be loaded. Raises `NotAClaim`.

    Of two yearly figures the later one becomes the earlier: the new evaluation asks for the year after it.
    """
    if answer.kind == Answer.Kind.FREE:
        raise NotAClaim(FREE)
    question = entry.question
    if question.option_follows_measure:
        if answer.measure is None and answer.measure_before is None:
            raise NotAClaim(OTHER_MEASURE)
        if question.two_years:
            last = answer.measure_before if answer.measure is None else answer.measure
            return claims.from_measure(question, entry.options, None, last)
        return claims.from_measure(question, entry.options, answer.measure)
    words = answer.option.label if answer.option else ""
    option = next((each for each in entry.options if each.label == words), None)
    if option is None:
        raise NotAClaim(GONE)
    measure: Decimal | None = answer.measure if question.measure else None
    return claims.from_option(option, measure)
