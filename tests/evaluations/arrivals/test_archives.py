"""Archives taken apart: every member by itself, resumed without doubling, bad ones refused with their reason."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from evaluations.evidence import limited
from evaluations.evidence.arrivals import actions, taking, unpacking
from evaluations.evidence.arrivals.sentences import ARCHIVES, MEMBERS
from evaluations.models import Archive, ArchiveMember, Evaluation, Evidence, EvidenceUse
from evaluations.windows import AwaitingApproval
from jobs.models import Job
from notices.models import Notice
from tests import factories
from tests.evaluations.arrivals import zips
from tests.evaluations.arrivals.sender import bring
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import answer_to, attach, on_disk

pytestmark = [pytest.mark.django_db, pytest.mark.services]  # each archive starts children: not for the quick suite


def receive(evaluation, by, content, name="bukti.zip", code="1.1", at=None):
    """A ZIP through the plain form's door; what was said."""
    answer = answer_to(evaluation, code) if code else None
    return actions.receive_whole(
        evaluation=evaluation, answer=answer, uploads=[ContentFile(content, name)], by=by, at=at or timezone.now(),
        address="10.1.2.3",
    )  # fmt: skip


def unpack():
    """What the worker does with the only archive."""
    archive = Archive.objects.get()
    unpacking.unpack(archive.pk, progress=lambda percent: None, at=timezone.now())
    archive.refresh_from_db()
    return archive


def fate():
    """name -> (state, sentence)."""
    return {each.name: (each.state, each.sentence) for each in ArchiveMember.objects.order_by("position")}


def test_archive_becomes_single_documents_and_the_sender_is_told(evaluation, operator):
    content = zips.packed(
        ("Dinkes/SK.pdf", zips.pdf(1)), ("Dinkes/", b""), ("Dinkes/foto.JPG", zips.photo(1)),
        ("Dinkes/.DS_Store", b"x"), ("notula.docx", good_files.docx()),
    )  # fmt: skip

    outcome = receive(evaluation, operator, content)
    archive = unpack()

    assert outcome == actions.Outcome(["bukti: arsip diterima dan sedang dibongkar."], [])
    assert fate() == dict.fromkeys(["Dinkes/SK.pdf", "Dinkes/foto.JPG", "notula.docx"], ("TAKEN", ""))
    assert (archive.state, archive.skipped, EvidenceUse.objects.filter(answer__question__code="1.1").count()) == (
        "DONE",
        2,
        3,
    )
    notice = Notice.objects.get(user=operator)
    assert notice.text == "Arsip “bukti.zip” selesai dibongkar: 3 dokumen diterima, 0 ditolak."
    assert notice.link == f"/evaluasi/{evaluation.pk}/arsip/{archive.pk}/"
    assert [name for name in on_disk() if not name.startswith("evidence/")] == []


def test_archive_in_parts_arrives_through_the_same_door(signed_in, evaluation):
    said = bring(signed_in, evaluation, zips.packed(("a.pdf", zips.pdf(1))), "bukti.zip").json()
    assert (said["unpacking"], said["sentence"]) == (True, "Sedang dibongkar: 0 dari 1 berkas.")

    unpack()

    said = signed_in.get(said["state"]).json()
    assert (said["unpacking"], said["sentence"]) == (False, "Selesai dibongkar: 1 dokumen diterima, 0 ditolak.")


@pytest.mark.parametrize("name", zips.MEMBERS)
def test_bad_member_is_refused_with_its_reason_and_the_good_one_taken(evaluation, operator, name):
    content, code = zips.MEMBERS[name]

    receive(evaluation, operator, content())
    unpack()

    assert sorted(fate().values()) == sorted([("TAKEN", ""), ("REFUSED", MEMBERS[code])])
    assert list(Evidence.objects.values_list("sha256", flat=True)) == [hashlib.sha256(zips.pdf(1)).hexdigest()]


def test_member_squeezed_in_an_unknown_way_is_refused(evaluation, operator):
    receive(evaluation, operator, zips.unknown_method())
    unpack()
    assert fate() == {"a.pdf": ("REFUSED", MEMBERS["member_method"])}


@pytest.mark.parametrize("name", zips.WHOLE)
def test_bad_archive_is_refused_at_once_with_its_reason(evaluation, operator, name):
    content, code = zips.WHOLE[name]

    outcome = receive(evaluation, operator, content())

    assert outcome == actions.Outcome([], [f"bukti: {ARCHIVES[code]}"])
    assert (Archive.objects.count(), Job.objects.filter(kind="unpack_archive").count(), on_disk()) == (0, 0, [])


def test_docx_called_zip_is_taken_as_what_it_is(evaluation, operator):
    outcome = receive(evaluation, operator, good_files.docx(), "notula.zip")
    assert (outcome.said, Evidence.objects.get().file_name) == (["notula: tersimpan."], "notula.docx")


def test_known_documents_and_twins_are_linked_not_doubled(evaluation, operator):
    attach(evaluation, operator, zips.pdf(1), code="2.1", at=timezone.now() - timedelta(hours=1))
    receive(evaluation, operator, zips.packed(("a.pdf", zips.pdf(1)), ("b.pdf", zips.pdf(2)), ("c/b.pdf", zips.pdf(2))))

    unpack()

    assert fate() == {
        "a.pdf": ("KNOWN", "Sudah ada di pustaka; ditautkan."),
        "b.pdf": ("TAKEN", ""),
        "c/b.pdf": ("KNOWN", "Isinya sama dengan b.pdf."),
    }
    assert (Evidence.objects.count(), EvidenceUse.objects.filter(answer__question__code="1.1").count()) == (2, 2)


def test_member_refused_by_content_has_its_own_sentence(evaluation, operator):
    receive(evaluation, operator, zips.packed(("a.pdf", b"MZ\x90\x00" + bytes(900)), ("b.pdf", zips.pdf(1))))
    unpack()
    assert [state for state, _ in fate().values()] == ["REFUSED", "TAKEN"]
    assert "ternyata program" in fate()["a.pdf"][1]


def test_names_of_old_packers_are_read_and_made_harmless(evaluation, operator):
    content = zips.packed(("Keputusan_é.pdf", zips.pdf(1)), ("a\u202egpj.pdf", zips.pdf(2)))
    unflagged = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = unflagged.index(mark) + at
        unflagged[place : place + 2] = b"\0\0"

    receive(evaluation, operator, bytes(unflagged))

    assert list(fate()) == ["Keputusan_é.pdf", "agpj.pdf"]


def test_killed_worker_goes_on_without_doubling(evaluation, operator, monkeypatch):
    receive(evaluation, operator, zips.packed(*((f"{n}.pdf", zips.pdf(n)) for n in range(4))))
    noted = unpacking._note

    def dies(member, *rest):
        if member.name == "2.pdf":
            raise KeyboardInterrupt
        noted(member, *rest)

    with monkeypatch.context() as patches:
        patches.setattr(unpacking, "_note", dies)
        with pytest.raises(KeyboardInterrupt):
            unpack()
    half = [state for state, _ in fate().values()], Evidence.objects.count()
    unpack()

    assert half == (["TAKEN", "TAKEN", "WAITING", "WAITING"], 3)
    assert fate() == {f"{n}.pdf": ("TAKEN", "") for n in range(4)}
    assert (Evidence.objects.count(), EvidenceUse.objects.count(), Notice.objects.count()) == (4, 4, 1)


def test_archive_too_long_for_one_run_is_promised_again(evaluation, operator, monkeypatch):
    monkeypatch.setattr(unpacking, "AT_A_TIME", 1)
    receive(evaluation, operator, zips.packed(*((f"{n}.pdf", zips.pdf(n)) for n in range(3))))
    monkeypatch.setattr(unpacking, "SECONDS", 0)

    with monkeypatch.context() as patches:
        patches.setattr(unpacking.time, "monotonic", iter([0, -1, 1, *range(2, 99)]).__next__)
        unpack()
    assert [state for state, _ in fate().values()] == ["TAKEN", "WAITING", "WAITING"]
    monkeypatch.setattr(unpacking, "SECONDS", 60)
    assert Job.objects.get(kind="unpack_archive").generation == 2
    unpack()

    assert [state for state, _ in fate().values()] == ["TAKEN"] * 3


def test_member_that_kills_the_child_takes_nobody_with_it(evaluation, operator, monkeypatch):
    receive(evaluation, operator, zips.packed(*((f"{n}.pdf", zips.pdf(n)) for n in range(3))))
    run = limited.run

    def fragile(task, *arguments, limits):
        if task == "unpack" and "1" in arguments[2].split(","):
            raise limited.ChildRefused("too_heavy")
        return run(task, *arguments, limits=limits)

    monkeypatch.setattr(limited, "run", fragile)
    unpack()

    assert [state for state, _ in fate().values()] == ["TAKEN", "REFUSED", "TAKEN"]
    assert fate()["1.pdf"][1] == MEMBERS["too_heavy"]


def test_archive_counts_as_of_its_arrival(evaluation, operator):
    receive(evaluation, operator, zips.packed(("a.pdf", zips.pdf(1))), at=timezone.now() - timedelta(minutes=5))
    evaluation.cycle.windows.update(closes_at=timezone.now() - timedelta(minutes=1))

    unpack()

    assert fate() == {"a.pdf": ("TAKEN", "")}


def test_archive_of_a_sent_evaluation_is_refused_member_by_member(evaluation, operator):
    receive(evaluation, operator, zips.packed(("a.pdf", zips.pdf(1))))
    factories.send(evaluation, operator, at=timezone.now())

    unpack()

    assert (fate()["a.pdf"][0], Evidence.objects.count()) == ("REFUSED", 0)


def test_sender_who_may_no_longer_is_asked_again_by_the_worker(evaluation, operator):
    receive(evaluation, operator, zips.packed(("a.pdf", zips.pdf(1))))
    operator.is_active = False
    operator.save()

    archive = unpack()

    assert (archive.state, archive.sentence, Evidence.objects.count()) == ("REFUSED", ARCHIVES["archive_stranger"], 0)


def test_report_shows_every_member_and_stays_with_its_office(client, evaluation, operator):
    staff = factories.make_user("STAFF", region=evaluation.region)
    receive(evaluation, staff, zips.packed(("<i>a.pdf", zips.pdf(1)), ("b.pdf", b"")), code="")
    archive = unpack()
    elsewhere = factories.make_user("STAFF", office=factories.make_office(evaluation.region, "disdik"))
    page = f"/evaluasi/{evaluation.pk}/arsip/{archive.pk}/"

    seen = {}
    for user in (staff, operator, elsewhere, factories.make_user("LEADER", region=evaluation.region)):
        client.force_login(user)
        seen[user.role, user.office_id] = client.get(page).status_code

    assert list(seen.values()) == [200, 200, 404, 404]
    client.force_login(staff)
    text = client.get(page).content.decode()
    assert ("&lt;i&gt;a.pdf" in text, MEMBERS["member_empty"] in text) == (True, True)
    assert "bukti.zip" in client.get(f"/evaluasi/{evaluation.pk}/arsip/").content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_pages_ask_a_constant_number_of_questions(signed_in, evaluation, operator, django_assert_num_queries, many):
    for number in range(many):
        content = zips.packed(*((f"{number}-{n}.pdf", zips.pdf(number * 9 + n)) for n in range(many)))
        receive(evaluation, operator, content, f"{number}.zip")
    for archive in Archive.objects.all():
        unpacking.unpack(archive.pk, progress=lambda percent: None, at=timezone.now())
    signed_in.get(f"/evaluasi/{evaluation.pk}/arsip/")

    with django_assert_num_queries(7):
        signed_in.get(f"/evaluasi/{evaluation.pk}/arsip/")
    with django_assert_num_queries(7):
        signed_in.get(f"/evaluasi/{evaluation.pk}/arsip/{archive.pk}/")


def test_given_up_archive_can_be_taken_up_again(signed_in, evaluation, operator):
    receive(evaluation, operator, zips.packed(("a.pdf", zips.pdf(1))))
    Job.objects.filter(kind="unpack_archive").update(state="FAILED", finished_at=timezone.now())
    page = f"/evaluasi/{evaluation.pk}/arsip/{Archive.objects.get().pk}/"

    assert "Lanjutkan" in signed_in.get(page).content.decode()
    signed_in.post(f"{page}lanjut/")
    assert Job.objects.filter(kind="unpack_archive", state="WAITING").count() == 1
    unpack()

    assert fate() == {"a.pdf": ("TAKEN", "")}


def test_plain_form_sends_its_zip_the_same_way(signed_in, evaluation):
    upload = ContentFile(zips.packed(("a.pdf", zips.pdf(1))), "bukti.zip")
    signed_in.post(f"/evaluasi/{evaluation.pk}/bukti/simpan/", {"berkas": [upload], "selesai": "1"})
    unpack()
    assert (fate(), EvidenceUse.objects.count()) == ({"a.pdf": ("TAKEN", "")}, 0)


def test_form_with_more_than_a_hundred_files_gets_a_sentence(signed_in, evaluation):
    files = [ContentFile(b"x", f"{n}.pdf") for n in range(150)]
    response = signed_in.post(
        f"/evaluasi/{evaluation.pk}/bukti/simpan/", {"berkas": files, "selesai": "1"}, follow=True
    )

    assert response.status_code == 200
    assert "Paling banyak 10 berkas sekali unggah" in response.content.decode()
    assert Evidence.objects.count() == 0


def test_take_names_what_it_did(evaluation, operator):
    def take(answer):
        upload = ContentFile(zips.pdf(1), "a.pdf")
        return taking.take(evaluation=evaluation, answer=answer, upload=upload, by=operator, at=timezone.now())[1]

    assert [take(None), take(None), take(answer_to(evaluation))] == [taking.KEPT, taking.KEPT_ALREADY, taking.LINKED]


def test_archive_that_meets_a_request_to_the_leader_says_so(evaluation, operator):
    receive(evaluation, operator, zips.packed(("SK.pdf", zips.pdf(1))))
    Evaluation.objects.filter(pk=evaluation.pk).update(needs_approval=True, asked_at=timezone.now())

    archive = unpack()

    assert (archive.state, fate()["SK.pdf"]) == ("DONE", ("REFUSED", str(AwaitingApproval())))
