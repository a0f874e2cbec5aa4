"""A document's new version that comes in parts: the reason, the same file found again, and somebody who was faster."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from evaluations.evidence import actions as proving
from evaluations.evidence.arrivals.sentences import REFUSALS as STEPS
from evaluations.evidence.sentences import REFUSALS
from evaluations.models import Answer, Evidence, EvidenceUse, Upload
from tests import factories
from tests.evaluations.arrivals import zips
from tests.evaluations.arrivals.sender import PART, begin, digest, end, send
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import answer_to, attach

pytestmark = pytest.mark.django_db
LARGE = good_files.pdf(3) + b"\n%" + bytes(range(1, 250)) * 9000 + b"\n"  # two parts and a bit
REASON = "Versi bertanda tangan"


@pytest.fixture
def old(evaluation, operator):
    """A document that proves a question."""
    return attach(evaluation, operator, at=timezone.now()).evidence


def announce(client, evaluation, old, content=LARGE, **instead):
    said = {"code": "", "name": "baru.pdf", "ganti": old.pk, "alasan": REASON} | instead
    return begin(client, evaluation, content, **said)


def carry(client, said, content=LARGE):
    while said["received"] < len(content):
        said = send(client, said, content, said["received"]).json()
    return end(client, said, content)


def proven(evaluation):
    rows = EvidenceUse.objects.current().filter(answer__evaluation=evaluation)
    return sorted(rows.values_list("answer__question__code", "evidence__file_name", "evidence__sha256"))


def replaced_by_another(old, by):
    answers = Answer.objects.filter(evaluation=old.evaluation_id).values_list("pk", flat=True)
    upload = ContentFile(good_files.pdf(7), "lebih cepat.pdf")
    return proving.replace(evidence=old, upload=upload, answers=answers, by=by, at=timezone.now(), reason="x")


def test_new_version_comes_in_parts_with_its_reason(signed_in, evaluation, old):
    response = carry(signed_in, announce(signed_in, evaluation, old).json())

    fresh = Evidence.objects.get(replaces=old)
    said = response.json()
    assert (response.status_code, said["sentence"], said["document"]) == (
        200,
        "Berkas diganti. Versi lama tetap tersimpan di pustaka.",
        f"/evaluasi/{evaluation.pk}/bukti/{fresh.pk}/",
    )
    assert (fresh.replace_reason, proven(evaluation)) == (REASON, [("1.1", "baru.pdf", digest(LARGE))])
    page = signed_in.get(said["document"]).content.decode()
    assert "Berkas diganti. Versi lama tetap tersimpan di pustaka." in page


def test_new_version_goes_on_after_the_page_was_left(signed_in, evaluation, old):
    address = f"/evaluasi/{evaluation.pk}/bukti/{old.pk}/"
    said = announce(signed_in, evaluation, old).json()
    send(signed_in, said, LARGE)

    page = signed_in.get(address).content.decode()
    library = signed_in.get(f"/evaluasi/{evaluation.pk}/unggahan/", headers={"HX-Request": "true"}).content.decode()
    again = announce(signed_in, evaluation, old, alasan="Halaman 3 terlewat").json()
    carry(signed_in, again)

    assert ('data-unfinished="baru.pdf"' in page, f'value="{REASON}"' in page) == (True, True)
    assert "baru.pdf" not in library
    assert (again["parts"], again["received"]) == (said["parts"], PART)
    assert Evidence.objects.get(replaces=old).replace_reason == "Halaman 3 terlewat"


@pytest.mark.parametrize(
    ("instead", "sentence"),
    [
        ({"alasan": ""}, REFUSALS["no_reason"]),
        ({"alasan": "   "}, REFUSALS["no_reason"]),
        ({"ukuran": 26 * 1024 * 1024}, REFUSALS["too_large"]),
        ({"ukuran": 26 * 1024 * 1024, "name": "semua.zip"}, REFUSALS["too_large"]),
        ({"ganti": "x"}, STEPS["document"]),
    ],
)
def test_what_cannot_take_the_place_is_refused_before_it_travels(signed_in, evaluation, old, instead, sentence):
    response = announce(signed_in, evaluation, old, **instead)

    assert (response.status_code, response.json()["sentence"]) == (422, sentence)
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (zips.packed(("a.pdf", zips.pdf(1))), REFUSALS["zip_unknown"]),
        (b"MZ\x90\x00" + bytes(2000), REFUSALS["program"]),
    ],
)
def test_what_is_no_document_leaves_the_old_one_in_its_place(signed_in, evaluation, old, content, sentence):
    before = proven(evaluation)

    response = carry(signed_in, announce(signed_in, evaluation, old, content).json(), content)

    assert (response.status_code, response.json()["sentence"]) == (422, sentence)
    assert (proven(evaluation), Evidence.objects.count(), Upload.objects.unfinished().count()) == (before, 1, 0)


def test_somebody_else_was_faster(signed_in, evaluation, operator, old):
    said = announce(signed_in, evaluation, old).json()
    send(signed_in, said, LARGE)
    faster = replaced_by_another(old, operator)

    part = send(signed_in, said, LARGE, PART)
    begun = announce(signed_in, evaluation, old, name="lain.pdf")

    expected = (422, REFUSALS["replaced"])
    assert [(each.status_code, each.json()["sentence"]) for each in (part, begun)] == [expected, expected]
    assert proven(evaluation) == [("1.1", "lebih cepat.pdf", faster.sha256)]


def test_somebody_else_was_faster_by_the_last_step(signed_in, evaluation, operator, old):
    said = announce(signed_in, evaluation, old).json()
    while said["received"] < len(LARGE):
        said = send(signed_in, said, LARGE, said["received"]).json()
    faster = replaced_by_another(old, operator)

    response = end(signed_in, said, LARGE)

    assert (response.status_code, response.json()["sentence"]) == (422, REFUSALS["replaced"])
    assert proven(evaluation) == [("1.1", "lebih cepat.pdf", faster.sha256)]
    assert (Evidence.objects.filter(sha256=digest(LARGE)).count(), Upload.objects.unfinished().count()) == (0, 0)


def test_plain_form_sent_twice_replaces_once_and_another_file_is_refused(signed_in, evaluation, old):
    address = f"/evaluasi/{evaluation.pk}/bukti/{old.pk}/ganti/"

    def post(pages):
        upload = ContentFile(good_files.pdf(pages), "b.pdf")
        return signed_in.post(address, {"berkas": upload, "selesai": "1", "alasan": REASON}, follow=True)

    first, second, other = post(2), post(2), post(5)

    assert first.request["PATH_INFO"] == second.request["PATH_INFO"]
    assert (Evidence.objects.count(), REFUSALS["replaced"] in other.content.decode()) == (2, True)


def test_document_of_another_office_cannot_be_replaced_in_parts(client, evaluation, old):
    client.force_login(factories.make_user("STAFF", office=factories.make_office(evaluation.region, "disdik")))

    assert announce(client, evaluation, old).status_code == 404


def test_after_sending_only_what_is_open_again_gets_the_new_version(signed_in, evaluation, operator, old):
    proving.attach_existing(evidence=[old], answer=answer_to(evaluation, "2.1"), by=operator, at=timezone.now())
    factories.send(evaluation, operator, at=timezone.now())
    locked = announce(signed_in, evaluation, old)
    until = timezone.now() + timedelta(hours=48)
    Answer.objects.filter(evaluation=evaluation, question__code="2.1").update(open_until=until)

    carry(signed_in, announce(signed_in, evaluation, old).json())

    assert locked.status_code == 422
    assert proven(evaluation) == [("1.1", "SK Gugus Tugas.pdf", old.sha256), ("2.1", "baru.pdf", digest(LARGE))]


def test_time_that_runs_out_while_the_parts_travel_is_told(signed_in, evaluation, operator, old):
    factories.send(evaluation, operator, at=timezone.now())
    answers = Answer.objects.filter(evaluation=evaluation, question__code="1.1")
    answers.update(open_until=timezone.now() + timedelta(hours=48))
    said = announce(signed_in, evaluation, old).json()
    answers.update(open_until=timezone.now() - timedelta(seconds=1))

    late = send(signed_in, said, LARGE)

    assert (late.status_code, "berakhir" in late.json()["sentence"]) == (422, True)
    assert proven(evaluation) == [("1.1", "SK Gugus Tugas.pdf", old.sha256)]
