"""The scanner: clean, infected, away; what is withheld is neither served nor counted, and answers go on (R35)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from evaluations.evidence import antivirus, listing, tasks
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.models import Evidence, EvidenceUse
from jobs.kinds import NotYet
from jobs.models import Job
from jobs.relay import run_due
from notices.models import Notice
from tests import factories
from tests.evaluations.evidence import good_files, scanner
from tests.evaluations.evidence.factories import attach, draw

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
NOW = factories.NOW
SIZE = len(good_files.pdf())


@pytest.fixture
def clamd():
    """A scanner that answers."""
    with scanner.running() as server:
        yield server


def infected():
    return good_files.saved_with(scanner.EICAR)


def choose(settings, mode, address):
    settings.ANTIVIRUS, settings.CLAMD = mode, address


def scan_state(evidence):
    evidence.refresh_from_db()
    return evidence.scan, evidence.is_withheld


def statuses(client, evidence):
    names = {"download": {}, "evidence_page": {"number": 1}, "evidence_thumbnail": {}, "evidence": {}}
    place = {"pk": evidence.evaluation_id, "evidence_pk": evidence.pk}
    return {
        name: client.get(reverse(f"evaluations:{name}", kwargs={**place, **more})).status_code
        for name, more in names.items()
    }


def test_client_reads_the_scanners_word(settings, tmp_path, clamd):
    choose(settings, "required", clamd.address)
    clean, bad = tmp_path / "a", tmp_path / "b"
    clean.write_bytes(b"x" * 300_000)
    bad.write_bytes(scanner.EICAR)

    assert (antivirus.signature_in(clean), antivirus.signature_in(bad)) == ("", "Eicar-Signature")
    assert (clamd.scanned, antivirus.version().split("/")[1]) == ([300_000, len(scanner.EICAR)], "27500")


@pytest.mark.parametrize("said", [b"INSTREAM size limit exceeded. ERROR", b"stream: broken ERROR", b"hm"])
def test_client_takes_no_other_word_for_clean(settings, tmp_path, clamd, said):
    choose(settings, "required", clamd.address)
    clamd.said = said
    (tmp_path / "a").write_bytes(b"x")

    with pytest.raises(antivirus.ScannerAway):
        antivirus.signature_in(tmp_path / "a")


def test_required_withholds_until_the_scanner_has_spoken(settings, client, evaluation, operator, clamd):
    choose(settings, "required", clamd.address)
    evidence = draw(attach(evaluation, operator).evidence)
    client.force_login(operator)
    answer = evaluation.answers.get(question__code="1.1")
    held = {"download": 403, "evidence_page": 404, "evidence_thumbnail": 404, "evidence": 200}

    before = (
        statuses(client, evidence),
        EvidenceUse.objects.counted().count(),
        listing.counts_for([answer.pk], operator),
    )
    tasks.scan_evidence(evidence_id=evidence.pk)

    assert before == (held, 0, {})
    assert scan_state(evidence) == ("CLEAN", False)
    assert (statuses(client, evidence), clamd.scanned) == (dict.fromkeys(held, 200), [SIZE])
    assert (EvidenceUse.objects.counted().count(), listing.counts_for([answer.pk], operator)) == (1, {answer.pk: 1})


def test_scanner_that_is_away_is_waited_for_however_long_and_answers_go_on(settings, evaluation, operator):
    """Drill R35: nothing is served unscanned, saving is not touched, and the wait ends when the scanner comes back."""
    choose(settings, "required", scanner.nobody())
    evidence = attach(evaluation, operator).evidence
    with pytest.raises(NotYet):
        tasks.scan_evidence(evidence_id=evidence.pk)
    for minutes in range(0, 10, 2):
        run_due(clock=lambda at=NOW + timedelta(minutes=minutes): at)

    job = Job.objects.get(kind="scan_evidence")
    assert (job.state, job.attempts, job.due_at) == ("WAITING", 0, NOW + timedelta(minutes=9))
    assert (scan_state(evidence), factories.answer_question(evaluation, "1.1", 2).version) == (("", True), 1)
    with scanner.running() as server:
        settings.CLAMD = server.address
        run_due(clock=lambda: NOW + timedelta(minutes=10))
    assert (scan_state(evidence), Job.objects.get(kind="scan_evidence").state) == (("CLEAN", False), "DONE")


@pytest.mark.parametrize("mode", ["advisory", "required"])
def test_infected_files_are_never_served_again(settings, client, evaluation, operator, clamd, mode):
    choose(settings, mode, clamd.address)
    evidence = draw(attach(evaluation, operator, infected()).evidence)

    tasks.scan_evidence(evidence_id=evidence.pk)
    settings.ANTIVIRUS = "off"

    client.force_login(operator)
    assert scan_state(evidence) == ("INFECTED", True)
    assert statuses(client, evidence)["download"] == 403
    assert EvidenceUse.objects.counted().count() == 0
    assert AuditEvent.objects.get(action="evidence.infected").details["signature"] == "Eicar-Signature"
    assert "Pemindai virus menolak" in Notice.objects.get(user=operator).text
    with pytest.raises(EvidenceRefused, match="pernah ditolak pemindai"):
        attach(evaluation, operator, infected(), code="1.2")


def test_advisory_serves_what_is_not_scanned_yet_and_says_so(settings, client, evaluation, operator):
    choose(settings, "advisory", scanner.nobody())
    evidence = draw(attach(evaluation, operator).evidence)
    client.force_login(operator)

    page = client.get(f"/evaluasi/{evaluation.pk}/pertanyaan/1.1/").content.decode()

    assert (statuses(client, evidence)["download"], "Belum dipindai virus." in page) == (200, True)


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [("off", "Pemindaian virus tidak aktif."), ("advisory", "Pemindai virus tidak menjawab."),
     ("required", "dan belum disajikan")],
)  # fmt: skip
def test_administrator_is_told_how_the_scan_stands(settings, client, evaluation, operator, mode, sentence):
    choose(settings, mode, scanner.nobody() if mode != "off" else "")
    attach(evaluation, operator)
    client.force_login(factories.make_user("ADMIN"))

    assert sentence in client.get(reverse("jobs:index")).content.decode()


def test_administrator_reads_the_scanners_age(settings, client, clamd):
    choose(settings, "required", clamd.address)
    client.force_login(factories.make_user("ADMIN"))

    assert "27500/Mon May 19" in client.get(reverse("jobs:index")).content.decode()


def test_without_a_scanner_nothing_is_promised(evaluation, operator):
    attach(evaluation, operator)

    assert not Job.objects.filter(kind="scan_evidence").exists()
    assert Evidence.objects.get().is_withheld is False
