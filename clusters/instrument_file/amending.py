"""Columns and places for an instrument in use: added where there were none, never changed under an answer."""

from clusters.instrument_file.content import Content, QuestionEntry
from clusters.instrument_file.faults import Faults
from clusters.matrices import for_storing, may_follow, read_columns
from clusters.models import Instrument, Question

_COLUMNS = "Kolom matriks pertanyaan {code} sudah dipakai; kolom hanya dapat ditambah, dan yang baru tidak wajib diisi."
_PLACES = "Hitungan wilayah pertanyaan {code} sudah dipakai dan tidak dapat diubah."


def amend(content: Content, instrument: Instrument) -> Instrument:
    """Add to the questions in place; points, options and texts are those of the file already. Raises `FileRefused`."""
    questions = {question.code: question for question in instrument.questions.all()}
    faults = Faults()
    for entry in content.questions:
        _add(questions[entry.code], entry, faults)
    faults.refuse_if_any()
    Question.objects.bulk_update(questions.values(), ["matrix_name", "matrix_columns", "place_unit"])
    instrument.forms_fingerprint = content.forms_fingerprint
    instrument.save(update_fields=["forms_fingerprint"])
    return instrument


def _add(question: Question, entry: QuestionEntry, faults: Faults) -> None:
    before = read_columns(question.matrix_columns) if question.matrix_columns else ()
    if not may_follow(before, entry.columns):
        faults.add(entry.matrix_line, _COLUMNS.format(code=entry.code))
    if question.place_unit and question.place_unit != entry.place_unit:
        faults.add(entry.line, _PLACES.format(code=entry.code))
    question.matrix_name = entry.matrix_name
    question.matrix_columns, question.place_unit = for_storing(entry.columns), entry.place_unit
