"""Uploads in parts through their doors: whole files, offsets, repetition, quota, strangers, closed windows."""

import errno
import io
import os
from datetime import timedelta

import pytest
from django.utils import timezone

from evaluations.evidence import storing
from evaluations.evidence.arrivals import actions
from evaluations.evidence.arrivals.sentences import REFUSALS
from evaluations.models import Evidence, EvidenceUse, Upload
from jobs.models import Job
from tests import factories
from tests.evaluations.arrivals.sender import PART, begin, bring, digest, end, send
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.bad_files import EXE
from tests.evaluations.evidence.factories import on_disk

pytestmark = pytest.mark.django_db
LARGE = good_files.pdf() + b"\n%" + bytes(range(1, 250)) * 9000 + b"\n"  # two parts and a bit


def proven(evaluation):
    rows = EvidenceUse.objects.filter(removed_at=None, answer__evaluation=evaluation)
    return sorted(rows.values_list("answer__question__code", "evidence__file_name", "evidence__sha256"))


def test_upload_in_three_parts_becomes_evidence(signed_in, evaluation):
    response = bring(signed_in, evaluation, LARGE)

    said = response.json()
    assert (response.status_code, said["sentence"], said["finished"], said["refused"]) == (
        200,
        "tersimpan.",
        True,
        False,
    )
    assert proven(evaluation) == [("1.1", "sk.pdf", digest(LARGE))]
    assert on_disk() == [f"evidence/{digest(LARGE)[:2]}/{digest(LARGE)}"]


def test_upload_without_a_question_waits_in_the_library(client, evaluation):
    staff = factories.make_user("STAFF", region=evaluation.region)
    client.force_login(staff)

    said = bring(client, evaluation, good_files.pdf(), code="").json()

    evidence = Evidence.objects.get()
    assert (said["sentence"], evidence.office_id, evidence.uses.count()) == (
        "tersimpan di pustaka.",
        staff.office_id,
        0,
    )
    page = client.get(f"/evaluasi/{evaluation.pk}/bukti/").content.decode()
    assert "Belum dipakai" in page


def test_upload_covers_what_was_ticked_when_it_was_last_begun(signed_in, evaluation):
    begin(signed_in, evaluation, good_files.pdf(), mencakup=["0"])
    said = begin(signed_in, evaluation, good_files.pdf(), mencakup=["1", "7", "x"]).json()
    send(signed_in, said, good_files.pdf())
    end(signed_in, said, good_files.pdf())

    assert EvidenceUse.objects.get().covers == [1]


def test_upload_goes_on_where_it_stopped(signed_in, evaluation):
    said = begin(signed_in, evaluation, LARGE).json()
    send(signed_in, said, LARGE)

    again = begin(signed_in, evaluation, LARGE).json()

    assert (again["received"], again["parts"]) == (PART, said["parts"])
    told = signed_in.head(said["state"])
    assert (signed_in.get(said["state"]).json()["received"], told["Upload-Offset"]) == (PART, str(PART))


@pytest.mark.parametrize("offset", [0, 17, 2 * PART])
def test_part_at_a_wrong_place_is_told_the_true_one(signed_in, evaluation, offset):
    said = begin(signed_in, evaluation, LARGE).json()
    send(signed_in, said, LARGE)

    response = send(signed_in, said, LARGE, offset, 100)

    assert (response.status_code, response.json()["received"], response.json()["code"]) == (409, PART, "offset")


def test_parts_that_are_too_large_cut_or_too_many_change_nothing(signed_in, evaluation):
    content = LARGE[:1000]
    said = begin(signed_in, evaluation, content).json()

    large = send(signed_in, said, bytes(PART + 5), size=PART + 5)
    beyond = send(signed_in, said, bytes(1001))
    empty = send(signed_in, said, b"")
    broken = {"CONTENT_TYPE": "application/octet-stream", "CONTENT_LENGTH": "20", "wsgi.input": io.BytesIO(b"half")}
    cut = signed_in.generic("POST", f"{said['parts']}0/", **broken)

    assert [each.status_code for each in (large, beyond, empty, cut)] == [422, 422, 422, 400]
    assert cut.json()["sentence"] == REFUSALS["part_cut"]
    assert (Upload.objects.get().received, sum(os.path.getsize(storing.path_of(each)) for each in on_disk())) == (0, 0)


def test_end_asked_twice_answers_the_same_and_has_one_effect(signed_in, evaluation):
    said = begin(signed_in, evaluation, LARGE[:0] + good_files.pdf()).json()
    send(signed_in, said, good_files.pdf())

    answers = [end(signed_in, said, good_files.pdf()) for _ in range(2)]

    assert [each.json()["sentence"] for each in answers] == ["tersimpan."] * 2
    assert EvidenceUse.objects.count() == 1
    assert on_disk() == [f"evidence/{digest(good_files.pdf())[:2]}/{digest(good_files.pdf())}"]


def test_end_before_all_has_come_tells_where_it_stands(signed_in, evaluation):
    said = begin(signed_in, evaluation, LARGE).json()
    send(signed_in, said, LARGE)

    response = end(signed_in, said, LARGE)

    assert (response.status_code, response.json()["received"], Evidence.objects.count()) == (409, PART, 0)


def test_bytes_that_differ_are_thrown_away_and_asked_for_again(signed_in, evaluation):
    content = good_files.pdf()
    said = begin(signed_in, evaluation, content).json()
    send(signed_in, said, content.replace(b"%PDF", b"%PDX"))

    response = end(signed_in, said, content)

    assert (response.status_code, response.json()["sentence"]) == (409, REFUSALS["differs"])
    send(signed_in, said, content)
    assert end(signed_in, said, content).status_code == 200


def test_file_that_is_refused_stays_refused_and_leaves_nothing(signed_in, evaluation):
    said = begin(signed_in, evaluation, EXE).json()
    send(signed_in, said, EXE)

    answers = [end(signed_in, said, EXE) for _ in range(2)]

    assert [(each.status_code, each.json()["finished"]) for each in answers] == [(422, True)] * 2
    assert "ternyata program" in answers[1].json()["sentence"]
    assert (Evidence.objects.count(), on_disk()) == (0, [])


def test_known_file_is_linked_instead_of_doubled(signed_in, evaluation):
    bring(signed_in, evaluation, good_files.pdf())

    said = bring(signed_in, evaluation, good_files.pdf(), "salinan.pdf", "2.1").json()

    assert (said["sentence"], Evidence.objects.count()) == ("berkas ini sudah ada; ditautkan.", 1)


def test_cancel_gives_row_and_bytes_up(signed_in, evaluation):
    said = begin(signed_in, evaluation, LARGE).json()
    send(signed_in, said, LARGE)

    assert signed_in.post(said["cancel"], headers={"HX-Request": "true"}).status_code == 200
    assert (Upload.objects.count(), on_disk()) == (0, [])
    assert send(signed_in, said, LARGE, PART).status_code == 404


def test_upload_belongs_to_one_person(client, evaluation, operator):
    client.force_login(operator)
    said = begin(client, evaluation, LARGE).json()
    for stranger in (
        factories.make_user("OPERATOR", region=evaluation.region, username="kedua"),
        factories.make_user("OPERATOR", region=factories.make_region("16.10", "Ogan Ilir")),
        factories.make_user("ADMIN"),
    ):
        client.force_login(stranger)
        asked = [
            client.get(said["state"]),
            send(client, said, LARGE),
            end(client, said, LARGE),
            client.post(said["cancel"]),
        ]
        assert [each.status_code for each in asked] == [404] * 4
    assert Upload.objects.get().received == 0


def test_staff_start_only_for_their_own_questions(client, evaluation):
    client.force_login(factories.make_user("STAFF", region=evaluation.region))
    answers = [begin(client, evaluation, LARGE, code=code) for code in ("1.1", "9.9")]
    assert [each.status_code for each in answers] == [201, 404]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"nama": ""}, "Nama"), ({"nama": "a" * 300}, "Nama"), ({"nama": "a\0b"}, "Nama"), ({"ukuran": "x"}, "Ukuran"),
        ({"ukuran": "-1"}, "Ukuran"), ({"ukuran": "9" * 40}, "Ukuran"), ({"ukuran": "0"}, "kosong"),
        ({"ukuran": str(26 * PART)}, "25 MB"), ({"ukuran": str(201 * PART), "nama": "a.zip"}, "200 MB"),
        ({"sidik": "../../etc"}, "Sidik"),
    ],
)  # fmt: skip
def test_start_refuses_nonsense_with_a_sentence(signed_in, evaluation, fields, word):
    response = begin(signed_in, evaluation, LARGE, **fields)

    assert (response.status_code, word in response.json()["sentence"], Upload.objects.count()) == (422, True, 0)


def test_quota_counts_files_and_bytes(signed_in, evaluation, monkeypatch):
    monkeypatch.setattr(actions, "MOST_UNFINISHED", 2)
    monkeypatch.setattr(actions, "MOST_UNFINISHED_BYTES", 5000)
    begin(signed_in, evaluation, bytes(3000), "a.pdf")

    heavy = begin(signed_in, evaluation, bytes(3001), "b.pdf")
    begin(signed_in, evaluation, bytes(10), "c.pdf")
    many = begin(signed_in, evaluation, bytes(10), "d.pdf")
    same = begin(signed_in, evaluation, bytes(10), "c.pdf")

    assert [each.status_code for each in (heavy, many, same)] == [422, 422, 201]
    assert [each.json()["code"] for each in (heavy, many)] == ["too_much_unfinished", "too_many_unfinished"]


def test_closed_window_and_sent_evaluation_are_told(signed_in, evaluation, operator):
    said = begin(signed_in, evaluation, good_files.pdf()).json()
    send(signed_in, said, good_files.pdf())
    windows = evaluation.cycle.windows
    windows.update(closes_at=timezone.now() - timedelta(seconds=1))

    closed = [begin(signed_in, evaluation, LARGE), send(signed_in, said, b"x"), end(signed_in, said, good_files.pdf())]
    windows.update(closes_at=timezone.now() + timedelta(days=1))
    factories.send(evaluation, operator, at=timezone.now())
    sent = [begin(signed_in, evaluation, LARGE), send(signed_in, said, b"x"), end(signed_in, said, good_files.pdf())]

    assert ["sudah ditutup" in each.json()["sentence"] for each in closed] == [True] * 3
    assert {each.status_code for each in [*closed, *sent]} == {422}
    assert Evidence.objects.count() == 0


def test_full_disk_is_told_and_the_part_comes_again(signed_in, evaluation, monkeypatch):
    said = begin(signed_in, evaluation, good_files.pdf()).json()

    def full(handle, content, offset):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patches:
        patches.setattr(os, "pwrite", full)
        response = send(signed_in, said, good_files.pdf())
    again = send(signed_in, said, good_files.pdf())

    assert (response.status_code, response.json()["sentence"]) == (507, REFUSALS["no_space"])
    assert (again.status_code, end(signed_in, said, good_files.pdf()).status_code) == (200, 200)


def test_sweep_takes_what_a_day_has_left_with_its_files(signed_in, evaluation):
    old = begin(signed_in, evaluation, LARGE, "lama.pdf").json()
    send(signed_in, old, LARGE)
    bring(signed_in, evaluation, good_files.pdf())
    fresh = begin(signed_in, evaluation, LARGE, "baru.pdf").json()
    send(signed_in, fresh, LARGE)
    Upload.objects.exclude(name="baru.pdf").update(updated_at=timezone.now() - timedelta(hours=25))
    for stray in ("arriving/stray", "incoming/stray"):
        path = storing.path_of(stray)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        os.utime(path, (0, 0))

    actions.sweep(at=timezone.now())

    assert list(Upload.objects.values_list("name", flat=True)) == ["baru.pdf"]
    assert on_disk() == sorted(
        [Upload.objects.get().stored_as, f"evidence/{digest(good_files.pdf())[:2]}/{digest(good_files.pdf())}"]
    )
    assert Evidence.objects.count() == 1


def test_sweep_is_promised_once_a_day_and_not_before_a_day(signed_in, evaluation):
    begin(signed_in, evaluation, LARGE, "a.pdf")
    begin(signed_in, evaluation, LARGE, "b.pdf")

    job = Job.objects.get(kind="sweep_arrivals")
    assert timedelta(hours=24) < job.due_at - timezone.now() <= timedelta(hours=48)


def test_unfinished_uploads_are_listed_where_they_go_on(signed_in, evaluation):
    for name, code in (("<b>.pdf", "1.1"), ("lain.pdf", "2.1"), ("pustaka.pdf", "")):
        send(signed_in, begin(signed_in, evaluation, LARGE, name, code).json(), LARGE)
    where = f"/evaluasi/{evaluation.pk}/unggahan/"

    pages = [
        signed_in.get(where, query, headers={"HX-Request": "true"}).content.decode() for query in ({"soal": "1.1"}, {})
    ]

    assert ["&lt;b&gt;.pdf" in pages[0], "lain.pdf" in pages[0], "pustaka.pdf" in pages[1]] == [True, False, True]


def test_arrived_answers_with_list_and_number(signed_in, evaluation):
    bring(signed_in, evaluation, good_files.pdf())

    page = signed_in.get(f"/evaluasi/{evaluation.pk}/pertanyaan/1.1/bukti/masuk/", headers={"HX-Request": "true"})

    assert (page.content.decode().count("<article"), "Bukti (1)" in page.content.decode()) == (1, True)
