"""Loading an instrument file: what is stored, what a second time does, what a change does."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from clusters import instrument_file
from clusters.catalogue import catalogue_of
from clusters.instrument_file import FileRefused, Outcome
from clusters.models import Cluster, Instrument, InstrumentOffice, Option, PredicateBand, Question
from clusters.rulebook import edition_of
from tests.clusters.instrument_files import SHIPPED, SMALL, changed
from tests.factories import NOW, make_cycle, make_evaluation

LATER = NOW + timedelta(days=1)
REMARK = "Indikator 19: pertanyaannya berjumlah 54,00, nilai maksimalnya 51,00; kelebihannya tidak dihitung."


@pytest.fixture
def small(tmp_path):
    """The small file on disk; write to it to change it."""
    path = tmp_path / "kecil.yaml"
    path.write_text(SMALL)
    return path


def rows_of(model, *fields):
    """All rows of a table without keys, in the order of the instrument."""
    return list(model.objects.order_by("pk").values_list(*fields))


@pytest.mark.django_db
def test_shipped_file_has_the_figures_of_2024():
    report = instrument_file.load(SHIPPED, at=NOW)

    figures = (report.outcome, report.clusters, report.indicators, report.questions, report.instrument.maximum)
    assert figures == (Outcome.LOADED, 7, 31, 274, Decimal("1000.00"))
    assert (report.remarks, report.instrument.remarks) == ([REMARK], [REMARK])
    assert rows_of(Cluster, "code", "maximum") == [
        ("K", Decimal(164)), ("I", Decimal(115)), ("II", Decimal(156)), ("III", Decimal(150)), ("IV", Decimal(110)),
        ("V", Decimal(205)), ("KD", Decimal(100)),
    ]  # fmt: skip
    assert (Option.objects.count(), InstrumentOffice.objects.count()) == (1233, 29)
    assert rows_of(PredicateBand, "code", "lowest") == [
        ("PRATAMA", 500), ("MADYA", 601), ("NINDYA", 701), ("UTAMA", 801), ("KLA", 901)
    ]  # fmt: skip


@pytest.mark.django_db
def test_only_deaths_are_better_when_lower():
    instrument_file.load(SHIPPED, at=NOW)

    lower = Question.objects.filter(lower_is_better=True).values_list("code", "two_years", "measure")
    assert list(lower) == [("12.4", True, "count"), ("12.5", True, "count")]
    assert Question.objects.filter(two_years=True).count() == 13


@pytest.mark.django_db
def test_options_hold_literal_points_and_ranges(small):
    instrument_file.load(small, at=NOW)

    assert list(Option.objects.filter(question__code="2.1").values_list("label", "points", "above", "upto")) == [
        ("0%", Decimal("0.00"), None, Decimal(0)),
        ("Di atas 0% sampai 50%", Decimal("66.17"), Decimal(0), Decimal(50)),  # 66.165 is rounded up
        ("Di atas 50%", Decimal("200.50"), Decimal(50), Decimal(100)),
    ]


@pytest.mark.django_db
def test_same_content_twice_changes_nothing(small):
    first = instrument_file.load(small, at=NOW)
    keys = rows_of(Option, "pk", "points")
    small.write_text("# catatan baru\n" + SMALL.replace("maximum: 1000", "maximum: 1000.00   # tetap"))

    second = instrument_file.load(small, at=LATER)

    assert (second.outcome, second.instrument.pk) == (Outcome.UNCHANGED, first.instrument.pk)
    assert (Instrument.objects.get().loaded_at, rows_of(Option, "pk", "points")) == (NOW, keys)


@pytest.mark.django_db
def test_changed_file_replaces_an_unused_instrument_with_a_cycle(small):
    instrument = instrument_file.load(small, at=NOW).instrument
    cycle = make_cycle(instrument)
    edition_of(instrument)
    small.write_text(changed(("Ada peraturan", "Ada peraturan daerah")))

    report = instrument_file.load(small, at=LATER)

    assert report.outcome == Outcome.REPLACED
    assert rows_of(Question, "code", "text")[0] == ("1.1", "Ada peraturan daerah")
    assert Question.objects.count() == 3
    cycle.refresh_from_db()
    assert cycle.instrument.loaded_at == LATER


@pytest.mark.django_db
def test_what_is_kept_in_the_process_follows_a_file_that_is_changed_and_changed_back(small):
    first = instrument_file.load(small, at=NOW).instrument
    edition_of(first), catalogue_of(first)
    small.write_text(changed(("Ada peraturan", "Ada peraturan daerah")))
    instrument_file.load(small, at=LATER)
    small.write_text(SMALL)

    last = instrument_file.load(small, at=LATER + timedelta(days=1)).instrument

    places = {pk: place for place, pk in enumerate(Question.objects.values_list("pk", flat=True))}
    assert edition_of(last).places == places
    assert list(catalogue_of(last).by_pk) == list(places)


@pytest.mark.django_db
def test_changed_file_is_refused_once_an_evaluation_uses_it(small):
    make_evaluation(cycle=make_cycle(instrument_file.load(small, at=NOW).instrument))
    before = rows_of(Question, "pk", "text")
    small.write_text(changed(("Ada peraturan", "Ada peraturan daerah")))

    with pytest.raises(FileRefused) as refusal:
        instrument_file.load(small, at=LATER)

    assert [(fault.line, fault.sentence) for fault in refusal.value.faults] == [
        (5, "Instrumen “kecil” sudah dipakai evaluasi dan tidak dapat diubah; beri instrumen ini kode baru.")
    ]
    assert (rows_of(Question, "pk", "text"), Instrument.objects.get().loaded_at) == (before, NOW)


@pytest.mark.django_db
def test_same_file_stays_welcome_while_an_evaluation_uses_it(small):
    make_evaluation(cycle=make_cycle(instrument_file.load(small, at=NOW).instrument))

    assert instrument_file.load(small, at=LATER).outcome == Outcome.UNCHANGED


@pytest.mark.django_db
def test_new_code_stands_beside_the_old_one(small):
    make_evaluation(cycle=make_cycle(instrument_file.load(small, at=NOW).instrument))
    small.write_text(changed(("code: kecil", "code: kecil-2"), ("Ada peraturan", "Ada peraturan daerah")))

    instrument_file.load(small, at=LATER)

    assert sorted(Instrument.objects.values_list("code", flat=True)) == ["kecil", "kecil-2"]


@pytest.mark.django_db
def test_refused_file_writes_nothing(small):
    small.write_text(changed(("maximum: 200.5", "maximum: -1"), ("scale: tren", "scale: trend")))

    with pytest.raises(CommandError) as refusal:
        call_command("load_instrument", str(small))

    assert str(refusal.value).splitlines() == [
        "Berkas tidak dimuat, 2 kesalahan:",
        f"{small}:60: Nilai tidak boleh negatif.",
        f"{small}:69: Skala “trend” tidak dikenal.",
    ]
    assert not Instrument.objects.exists()


@pytest.mark.django_db
def test_failure_while_storing_leaves_the_old_rows(small, monkeypatch):
    instrument_file.load(small, at=NOW)
    before = rows_of(Option, "pk", "points")
    small.write_text(changed(("Ada peraturan", "Ada peraturan daerah")))
    monkeypatch.setattr("clusters.instrument_file.storing._option", lambda *row: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        instrument_file.load(small, at=LATER)

    assert (rows_of(Option, "pk", "points"), Instrument.objects.get().loaded_at) == (before, NOW)


@pytest.mark.django_db
def test_command_sums_up_what_it_loaded():
    out = StringIO()

    call_command("load_instrument", str(SHIPPED), stdout=out)

    assert out.getvalue().splitlines() == [
        "Instrumen “kla-2024” dimuat.",
        "7 klaster, 31 indikator, 274 pertanyaan, nilai maksimal 1.000,00.",
        f"Catatan: {REMARK}",
    ]


def test_command_says_that_there_is_no_such_file(tmp_path):
    with pytest.raises(CommandError, match=r"tidak-ada\.yaml tidak dapat dibaca\.$"):
        call_command("load_instrument", str(tmp_path / "tidak-ada.yaml"))


@pytest.mark.django_db
def test_questions_below_their_ceiling_are_remarked(small):
    small.write_text(changed(("maximum: 199.5", "maximum: 100")))

    report = instrument_file.load(small, at=NOW)

    assert report.remarks == [
        "Indikator 2: pertanyaannya berjumlah 300,50, nilai maksimalnya 400,00; nilai penuh tidak dapat dicapai."
    ]


@pytest.mark.django_db
def test_byte_order_mark_is_no_content(small, tmp_path):
    marked = tmp_path / "bertanda.yaml"
    marked.write_bytes(b"\xef\xbb\xbf" + small.read_bytes())
    instrument_file.load(small, at=NOW)

    assert instrument_file.load(marked, at=LATER).outcome == Outcome.UNCHANGED
