"""R22: an upload that is cut at any point goes on, sends a part again at the most, and leaves nothing behind.

And an archive whose worker is killed at work: taken up again, nothing twice.
"""

import hashlib
import http.client
import random
from datetime import timedelta

import pytest
from django.utils import timezone

from evaluations.evidence.arrivals import actions
from evaluations.models import Archive, ArchiveMember, Evidence, EvidenceUse, Upload
from notices.models import Notice
from tests import factories
from tests.evaluations.arrivals import zips
from tests.evaluations.evidence import good_files
from tests.faults.cutting import CuttingProxy
from tests.faults.person import Person
from tests.faults.processes import kill, wait_until
from tests.faults.sending import PART, Sender, digest

pytestmark = pytest.mark.services
TALK = 64 * 1024  # headers and announcements of all requests together
LARGE = good_files.pdf() + b"\n%" + random.Random(22).randbytes(6 * PART).replace(b"\n", b" ") + b"\n"


@pytest.fixture
def case(embedded, settings):
    """An open evaluation, and the store that the server writes to."""
    options = {"location": str(embedded.folder / "var" / "files"), "file_permissions_mode": 0o640}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    return factories.make_evaluation(cycle=factories.make_cycle(open_at=timezone.now()))


@pytest.fixture
def line(embedded, case):
    """(proxy, sender): the operator at a browser behind a line that can be cut."""
    port = embedded.web()
    person = Person(port).logged_in_as(factories.make_user("OPERATOR", region=case.region))
    proxy = CuttingProxy(int(port))
    yield proxy, Sender.behind(person, proxy.port)
    proxy.close()


def files(embedded):
    """What lies in the store, by name."""
    root = embedded.folder / "var" / "files"
    return sorted(str(each.relative_to(root)) for each in root.rglob("*") if each.is_file())


def stored(embedded):
    """SHA-256 of the only file of evidence on disk."""
    (name,) = [each for each in files(embedded) if each.startswith("evidence/")]
    return hashlib.sha256((embedded.folder / "var" / "files" / name).read_bytes()).hexdigest()


@pytest.mark.parametrize("share", [1, 50, 99])
def test_r22_cut_upload_sends_at_most_a_part_again(embedded, case, line, share):
    proxy, sender = line
    proxy.cut_after(len(LARGE) * share // 100)

    said = sender.bring(case, LARGE)

    assert (said["sentence"], sender.losses, proxy.cuts >= 1) == ("tersimpan.", 1, True)
    assert proxy.passed - len(LARGE) <= PART + TALK
    assert (Evidence.objects.get().sha256, stored(embedded)) == (digest(LARGE), digest(LARGE))
    assert EvidenceUse.objects.count() == 1


def test_r22_lost_answers_change_nothing(embedded, case, line):
    proxy, sender = line
    proxy.swallow_answer()  # to the announcement
    swallowed = []

    def before_end():
        if not swallowed:
            swallowed.append(1)
            proxy.swallow_answer()  # to the end itself

    said = sender.bring(case, LARGE, before_end=before_end)

    assert (said["sentence"], sender.losses) == ("tersimpan.", 2)
    assert proxy.passed - len(LARGE) <= PART + TALK
    assert (EvidenceUse.objects.count(), stored(embedded)) == (1, digest(LARGE))


def test_r22_what_is_never_finished_is_swept_with_its_bytes(embedded, case, line):
    proxy, sender = line
    sender.bring(case, LARGE)
    left = good_files.pdf(2) + bytes(3 * PART)
    proxy.cut_after(2 * PART + 5000)
    with pytest.raises((OSError, http.client.HTTPException)):
        sender.travel(case, left, "ditinggalkan.pdf", "1.2", lambda: None)
    assert [name.split("/")[0] for name in files(embedded)] == ["arriving", "evidence"]

    actions.sweep(at=timezone.now() + timedelta(hours=25))

    assert (Upload.objects.count(), [name.split("/")[0] for name in files(embedded)]) == (0, ["evidence"])
    assert Evidence.objects.get().sha256 == digest(LARGE)


def test_r22_control_a_plain_form_begins_again_from_nothing(embedded, case, line):
    proxy, sender = line
    body = b"".join([b'--x\r\nContent-Disposition: form-data; name="berkas"; filename="a.pdf"\r\n\r\n', LARGE,
                     b'\r\n--x\r\nContent-Disposition: form-data; name="selesai"\r\n\r\n1\r\n--x--\r\n'])  # fmt: skip
    address = f"/evaluasi/{case.pk}/pertanyaan/1.1/bukti/"
    proxy.cut_after(len(LARGE) // 2)

    with pytest.raises((OSError, http.client.HTTPException)):
        sender.ask("POST", address, body, "multipart/form-data; boundary=x")
    with pytest.raises(ValueError, match="Expecting value"):  # a page, no JSON: the redirect after the form
        sender.ask("POST", address, body, "multipart/form-data; boundary=x")

    assert proxy.passed - len(LARGE) > 2 * PART
    assert EvidenceUse.objects.count() == 1


def test_killed_worker_takes_an_archive_up_again_without_doubling(embedded, case, line):
    _, sender = line
    content = zips.packed(*((f"Dinas/{n}.pdf", zips.pdf(n)) for n in range(30)))
    sender.bring(case, content, "bukti.zip", "1.1")
    members = ArchiveMember.objects.filter(state="TAKEN")

    for enough in (3, 12):
        relay = embedded.start("serve-relay")
        wait_until(lambda enough=enough: members.count() >= enough, "members are taken", 90)
        kill(relay)
        assert members.count() < 30
    embedded.start("serve-relay")
    wait_until(lambda: Archive.objects.get().state == "DONE", "the archive is taken apart", 120)

    assert (members.count(), Evidence.objects.count(), EvidenceUse.objects.count()) == (30, 30, 30)
    assert (Notice.objects.filter(kind="IMPORTED").count(), [n for n in files(embedded) if "arriving" in n]) == (1, [])
