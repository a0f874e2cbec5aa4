"""A finished recap becomes a region's claims, in one piece or not at all."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from clusters import instrument_file
from clusters.models import Cycle, Instrument
from evaluations import recap_file, recap_import, recap_rows
from evaluations.actions import AlreadySubmitted
from evaluations.models import Answer, AnswerVersion, Evaluation
from evaluations.recap_rows import RecapRow
from jobs.models import Job
from tests.factories import NOW, make_cycle, make_evaluation, make_region, make_user, send

ROOT = Path(__file__).resolve().parents[2]
OGAN_ILIR = ROOT / "evaluations" / "data" / "recap-ogan-ilir-2024.csv"
SHIPPED = ROOT / "clusters" / "instruments" / "kla-2024.yaml"

pytestmark = pytest.mark.django_db


def claims_of(evaluation) -> dict[str, tuple]:
    """Code -> kind, label of the option, points, reason."""
    answers = Answer.objects.filter(evaluation=evaluation).select_related("question", "option")
    return {
        each.question.code: (
            each.kind,
            each.option and each.option.label,
            each.points and str(each.points),
            each.reason,
        )
        for each in answers
    }


def rows(**points: str) -> list[RecapRow]:
    """Rows by code, written q1_1="400"."""
    questions = {each.code: each.pk for each in Instrument.objects.get().questions.all()}
    codes = {name[1:].replace("_", "."): Decimal(value) for name, value in points.items()}
    return [RecapRow(2, questions[code], code, value) for code, value in codes.items()]


def do_import(evaluation, by=None, at=NOW, **points):
    return recap_import.import_recap(evaluation=evaluation, rows=rows(**points), source="r.csv", by=by, at=at)


def test_points_become_the_one_option_that_earns_them_or_free_points():
    evaluation = make_evaluation()

    changed = do_import(evaluation, q1_1="400", q1_2="33", q2_1="50", q2_2="100", q3_1="75")

    assert changed == 5
    assert claims_of(evaluation) == {
        "1.1": ("OPTION", "Seluruhnya", "400.00", ""),
        "1.2": ("FREE", None, "33.00", "Impor rekap r.csv"),
        "2.1": ("FREE", None, "50.00", "Impor rekap r.csv"),  # the option would need its percentage
        "2.2": ("FREE", None, "100.00", "Impor rekap r.csv"),
        "3.1": ("OPTION", "Sebagian", "75.00", ""),
        "3.2": ("", None, None, ""),
    }


def test_points_that_two_options_earn_stay_free():
    evaluation = make_evaluation()
    question = Instrument.objects.get().questions.get(code="1.1")
    question.options.filter(position=0).update(points=200)

    do_import(evaluation, q1_1="200")

    assert claims_of(evaluation)["1.1"] == ("FREE", None, "200.00", "Impor rekap r.csv")


def test_import_leaves_versions_one_event_and_one_promise():
    evaluation, by = make_evaluation(), make_user("ADMIN")
    before = AuditEvent.objects.count()

    do_import(evaluation, by, q1_1="400", q1_2="33")

    assert list(AnswerVersion.objects.values_list("answer__question__code", "version", "points", "saved_by")) == [
        ("1.1", 1, Decimal(400), by.pk), ("1.2", 1, Decimal(33), by.pk)
    ]  # fmt: skip
    event = AuditEvent.objects.order_by("pk").last()
    assert AuditEvent.objects.count() == before + 1
    assert (event.action, event.subject, event.by, event.at) == (
        "recap.imported", f"evaluation:{evaluation.pk}", by, NOW
    )  # fmt: skip
    assert event.details == {"source": "r.csv", "rows": 2, "changed": 2, "total": "433.00"}
    assert list(Job.objects.values_list("kind", "key", "queue", "arguments")) == [
        ("settle", f"{evaluation.pk}:EM", "score", {"evaluation_id": evaluation.pk, "stage": "EM"})
    ]


def test_same_recap_twice_changes_nothing():
    evaluation = make_evaluation()
    do_import(evaluation, q1_1="400", q1_2="33")
    events = AuditEvent.objects.count()

    assert do_import(evaluation, at=NOW + timedelta(days=1), q1_1="400", q1_2="33") == 0

    assert (AnswerVersion.objects.count(), AuditEvent.objects.count()) == (2, events)
    assert set(Answer.objects.filter(version=1).values_list("saved_at", flat=True)) == {NOW}


def test_later_recap_counts_versions_on_and_leaves_other_answers_alone():
    evaluation = make_evaluation()
    do_import(evaluation, q1_1="400", q1_2="33")

    do_import(evaluation, q1_2="34")

    versions = AnswerVersion.objects.order_by("pk").values_list("answer__question__code", "version", "points")
    assert list(versions) == [("1.1", 1, Decimal(400)), ("1.2", 1, Decimal(33)), ("1.2", 2, Decimal(34))]


def test_sent_evaluation_is_not_touched():
    evaluation = send(make_evaluation())

    with pytest.raises(AlreadySubmitted):
        do_import(evaluation, q1_1="400")

    assert not AnswerVersion.objects.exists()


@pytest.fixture
def country():
    """The shipped instrument, its cycle and Ogan Ilir; one administrator."""
    make_cycle(instrument_file.load(SHIPPED, at=NOW).instrument)
    make_user("ADMIN", username="admin")
    return make_region("16.10", "Kabupaten Ogan Ilir")


def run(file, **options) -> list[str]:
    """Lines that the command prints."""
    out = StringIO()
    call_command("import_recap", str(file), region="16.10", cycle="2024", stdout=out, **options)
    return out.getvalue().splitlines()


def test_command_imports_ogan_ilir(country):
    lines = run(OGAN_ILIR)

    assert lines[:2] == [
        "Rekap recap-ogan-ilir-2024.csv dimuat untuk Kabupaten Ogan Ilir, Evaluasi KLA 2024.",
        "274 pertanyaan bernilai, 274 jawaban berubah.",
    ]
    assert [line for line in lines if line.startswith("Klaster")] == [
        "Klaster K: 126,91 dari 164,00.", "Klaster I: 89,00 dari 115,00.", "Klaster II: 93,80 dari 156,00.",
        "Klaster III: 136,00 dari 150,00.", "Klaster IV: 94,60 dari 110,00.", "Klaster V: 163,00 dari 205,00.",
        "Klaster KD: 68,50 dari 100,00.",
    ]  # fmt: skip
    assert lines[-2:] == ["Jumlah: 771,81 dari 1.000,00.", "Jumlah pertanyaan: 771,81."]
    assert set(Answer.objects.values_list("saved_by__username", flat=True)) == {"admin"}


def with_headings(path: Path) -> Path:
    """The recap of Ogan Ilir as its office made it: headings of 770,36, indicator rows of 765,46."""
    with OGAN_ILIR.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    clusters = {"K": "125.46", "I": "89", "II": "93.8", "III": "136", "IV": "94.6", "V": "163", "KD": "68.5"}
    sums = recap_import.sums_of(
        recap_rows.understand(recap_file.read(OGAN_ILIR), Instrument.objects.get()), Instrument.objects.get()
    )
    indicators = {each.code: each.points for each in sums.levels if each.level == "indicator"}
    indicators["1"] -= Decimal("6.35")
    headings = [[f"Klaster {code}", "", points] for code, points in clusters.items()]
    headings += [[f"Indikator {code}", "", points] for code, points in indicators.items()]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*lines, *headings, ["Jumlah", "1000", "770.36"]])
    return path


def test_command_shows_that_a_hand_made_recap_does_not_add_up(country, tmp_path):
    lines = run(with_headings(tmp_path / "rekap.csv"))

    assert [line for line in lines if "rekap menulis" in line] == [
        "Klaster K: 126,91 dari 164,00; rekap menulis 125,46 (−1,45).",
        "  Indikator 1: 72,41 dari 96,00; rekap menulis 66,06 (−6,35).",
        "Jumlah: 771,81 dari 1.000,00; rekap menulis 770,36 (−1,45).",
    ]
    assert lines[-4:] == [
        "Jumlah pertanyaan: 771,81.",
        "Jumlah baris indikator menurut rekap: 765,46.",
        "Jumlah baris klaster menurut rekap: 770,36.",
        "3 judul dalam rekap tidak sama dengan jumlah pertanyaannya.",
    ]


def test_command_writes_nothing_when_one_row_is_bad(country, tmp_path):
    path = tmp_path / "rekap.csv"
    path.write_text(OGAN_ILIR.read_text().replace("26.18,4,0", "26.18,4,4.5"))

    with pytest.raises(CommandError) as refusal:
        run(path)

    assert str(refusal.value).splitlines() == [
        "Rekap tidak dimuat, 1 kesalahan:",
        f"{path}:275: Nilai pertanyaan 26.18 (4,50) melebihi nilai maksimalnya 4,00.",
    ]
    assert not Evaluation.objects.exists()


def test_command_opens_no_evaluation_when_the_import_fails(country, monkeypatch):
    monkeypatch.setattr("evaluations.recap_import.save_many", lambda *changes, **how: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run(OGAN_ILIR)

    assert (Evaluation.objects.count(), Answer.objects.count()) == (0, 0)


def test_command_tells_what_is_missing(country, tmp_path):
    path = tmp_path / "rekap.csv"
    path.write_text(OGAN_ILIR.read_text().replace("26.18,4,0\n", "").replace("26.15,10,4", "26.15,10,"))

    assert run(path)[1:3] == ["272 pertanyaan bernilai, 272 jawaban berubah.", "Tanpa nilai (2): 26.15, 26.18."]


def test_command_refuses_a_sent_evaluation(country):
    send(make_evaluation(country, Cycle.objects.get()))

    with pytest.raises(CommandError, match="^Rekap tidak dimuat. Evaluasi mandiri sudah dikirim"):
        run(OGAN_ILIR)


@pytest.mark.parametrize(
    ("roles", "user", "sentence"),
    [
        ([], "", "Belum ada administrator; sebutkan nama pengguna dengan --user."),
        (["ADMIN", "ADMIN"], "", "Ada lebih dari satu administrator; sebutkan nama pengguna dengan --user."),
        (["ADMIN"], "siapa", "Pengguna siapa tidak ada atau tidak boleh memuat rekap Kabupaten Ogan Ilir."),
        (["ADMIN", "VERIFIER"], "verifier-2", "Pengguna verifier-2 tidak ada atau tidak boleh"),
        (["ADMIN", "OPERATOR"], "operator-2", "Pengguna operator-2 tidak ada atau tidak boleh"),
    ],
)
def test_command_needs_somebody_who_may(roles, user, sentence):
    make_cycle()
    make_region("16.10", "Kabupaten Ogan Ilir")
    for role in roles:
        make_user(role)

    with pytest.raises(CommandError, match=f"^{sentence}"):
        run(OGAN_ILIR, user=user)


def test_own_operator_may_import(country):
    operator = make_user("OPERATOR", region=country)

    run(OGAN_ILIR, user=operator.username)

    assert set(Answer.objects.values_list("saved_by", flat=True)) == {operator.pk}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"region": "99.99"}, "Kabupaten/kota dengan kode 99.99 tidak dikenal."),
        ({"cycle": "1999"}, "Siklus dengan kode 1999 tidak dikenal."),
    ],
)
def test_command_names_what_it_does_not_know(country, options, sentence):
    with pytest.raises(CommandError, match=f"^{sentence}"):
        call_command("import_recap", str(OGAN_ILIR), **{"region": "16.10", "cycle": "2024", **options})
