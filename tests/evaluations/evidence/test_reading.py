"""Who sees and takes evidence: role x page, own and other; what a download leaves in the trail; constant queries."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from evaluations.evidence import actions
from evaluations.evidence.storing import path_of
from evaluations.models import EvidenceUse
from jobs.models import Job
from tests import factories
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import answer_to, attach, draw

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
NOW = factories.NOW
HTMX = {"HX-Request": "true"}
GUARDS = ["Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Security-Policy"]
SANDBOXED = ["nosniff", "sandbox; default-src 'none'"]


@pytest.fixture
def office(evaluation):
    """Leads question 1.1 and supports 2.1; its colleague disdik leads 2.1 and 3.2."""
    return factories.make_office(evaluation.region, "dinkes")


@pytest.fixture
def evidence(evaluation, operator):
    """A document that proves 1.1 alone."""
    return attach(evaluation, operator).evidence


@pytest.fixture
def drawn(evidence):
    """The same with its pictures."""
    return draw(evidence)


def address(name, evaluation, evidence=None, **more):
    kwargs = {"pk": evaluation.pk, **more}
    if evidence is not None:
        kwargs["evidence_pk"] = evidence.pk
    return reverse(f"evaluations:{name}", kwargs=kwargs)


PAGES = {
    "evidence": {}, "evidence_page": {"number": 1}, "evidence_thumbnail": {}, "evidence_sheet": {"first": 1},
    "download": {},
}  # fmt: skip
DOORS = {"prepare_pages": {"first": 1}, "replace_evidence": {}, "detach": {"code": "1.1"}}


def people(evaluation, office):
    elsewhere = factories.make_region("63.01", "Kabupaten Tanah Laut")
    far = factories.make_region("16.10", "Kabupaten Ogan Ilir")
    disdik = factories.make_office(evaluation.region, "disdik")
    return {
        "staff of the office": factories.make_user("STAFF", office=office),
        "reviewer": factories.make_user("REVIEWER", region=evaluation.region),
        "leader": factories.make_user("LEADER", region=evaluation.region),
        "administrator": factories.make_user("ADMIN"),
        "verifier before it is sent": factories.make_user("VERIFIER", province=evaluation.region.province),
        "staff of another office": factories.make_user("STAFF", office=disdik),
        "operator of another region": factories.make_user("OPERATOR", region=elsewhere),
        "staff of another region": factories.make_user("STAFF", office=factories.make_office(elsewhere, "dinkes")),
        "verifier of another province": factories.make_user("VERIFIER", province=far.province),
    }  # fmt: skip


READERS = ["staff of the office", "reviewer", "leader", "administrator"]
STRANGERS = [
    "verifier before it is sent", "staff of another office", "operator of another region", "staff of another region",
    "verifier of another province",
]  # fmt: skip


def statuses(client, method, table, evaluation, evidence):
    answers = {name: getattr(client, method)(address(name, evaluation, evidence, **table[name])) for name in table}
    return {name: answer.status_code for name, answer in answers.items()}


def test_readers_see_and_take_evidence(client, evaluation, office, drawn):
    everybody = people(evaluation, office)
    seen = {}
    for who in READERS:
        client.force_login(everybody[who])
        seen[who] = statuses(client, "get", PAGES, evaluation, drawn)

    assert seen == {who: {**dict.fromkeys(PAGES, 200), "evidence_sheet": 302} for who in READERS}


def test_strangers_get_404_and_leave_no_trace(client, evaluation, office, drawn):
    everybody = people(evaluation, office)
    seen = {}
    for who in STRANGERS:
        client.force_login(everybody[who])
        seen[who] = statuses(client, "get", PAGES, evaluation, drawn)
        seen[who] |= statuses(client, "post", DOORS, evaluation, drawn)

    assert seen == {who: dict.fromkeys([*PAGES, *DOORS], 404) for who in STRANGERS}
    assert not AuditEvent.objects.filter(action="evidence.downloaded").exists()
    assert EvidenceUse.objects.filter(removed_at=None).count() == 1


@pytest.mark.parametrize("who", ["operator of another region", "staff of another office"])
def test_strangers_cannot_attach_to_an_answer(client, evaluation, office, evidence, who):
    client.force_login(people(evaluation, office)[who])

    codes = [
        client.post(address("attach", evaluation, code="1.1"), {"selesai": "1"}).status_code,
        client.post(
            address("attach_link", evaluation, code="1.1"), {"tautan": "https://a.id", "judul": "a"}
        ).status_code,
        client.post(address("attach_existing", evaluation, code="1.1"), {"bukti": evidence.pk}).status_code,
        client.get(address("evidence_uses", evaluation, code="1.1")).status_code,
    ]

    assert codes == [404] * 4


@pytest.mark.parametrize("who", ["reviewer", "leader", "administrator"])
def test_readers_may_not_change(client, evaluation, office, evidence, who):
    client.force_login(people(evaluation, office)[who])

    codes = [
        client.post(address(name, evaluation, evidence, **DOORS[name])).status_code
        for name in ("detach", "replace_evidence")
    ]

    assert codes == [403, 403]
    assert EvidenceUse.objects.filter(removed_at=None).count() == 1


def test_evidence_of_another_evaluation_is_404_under_this_one(client, evaluation, operator, drawn):
    cycle = factories.make_cycle(evaluation.cycle.instrument, code="2025")
    other = factories.make_evaluation(evaluation.region, cycle)
    client.force_login(operator)

    codes = [client.get(address(name, other, drawn, **more)).status_code for name, more in PAGES.items()]
    stolen = client.post(address("attach_existing", other, code="1.1"), {"bukti": drawn.pk}, headers=HTMX)

    assert codes == [404] * len(codes)
    assert (stolen.status_code, EvidenceUse.objects.count()) == (422, 1)


def test_verifier_sees_what_proves_an_answer_of_a_sent_evaluation(client, evaluation, operator, evidence):
    unused = attach(evaluation, operator, good_files.pdf(2))
    EvidenceUse.objects.filter(pk=unused.pk).update(removed_at=NOW, removed_by=operator)
    factories.send(evaluation, operator)
    client.force_login(factories.make_user("VERIFIER", province=evaluation.region.province))

    assert client.get(address("evidence", evaluation, evidence)).status_code == 200
    assert client.get(address("evidence", evaluation, unused.evidence)).status_code == 404


def test_staff_library_holds_only_what_is_theirs(client, evaluation, operator, office, evidence):
    attach(evaluation, operator, good_files.pdf(2), code="3.2", name="Rahasia kantor lain.pdf")
    client.force_login(factories.make_user("STAFF", office=factories.make_office(evaluation.region, "disdik")))

    page = client.get(address("library", evaluation)).content.decode()

    assert ("Rahasia kantor lain" in page, "SK Gugus Tugas" in page) == (True, False)


def test_download_is_written_down_before_the_bytes_leave(client, evaluation, operator, evidence):
    client.force_login(operator)

    response = client.get(address("download", evaluation, evidence), REMOTE_ADDR="10.9.8.7")

    assert b"".join(response.streaming_content) == path_of(evidence.stored_as).read_bytes()
    event = AuditEvent.objects.get(action="evidence.downloaded")
    told = (event.subject, event.by, event.details["address"], event.details["sha256"], event.chain.region)
    assert told == (f"evidence:{evidence.pk}", operator, "10.9.8.7", evidence.sha256, evaluation.region)


def test_download_cannot_be_run_or_kept_by_the_browser(client, evaluation, operator):
    use = attach(evaluation, operator, name='a"b\r\nX: 1\u202efdp.html')
    client.force_login(operator)

    response = client.get(address("download", evaluation, use.evidence))

    assert (
        response["Content-Disposition"] == "attachment; filename=\"a bX 1fdp.pdf\"; filename*=UTF-8''a%20bX%201fdp.pdf"
    )
    told = [
        response[name]
        for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")
    ]
    assert told == ["application/pdf", "nosniff", "sandbox; default-src 'none'", "no-store"]


def test_download_through_the_proxy_names_the_file_and_sends_no_bytes(client, evaluation, operator, evidence, settings):
    settings.EVIDENCE_ACCEL_PREFIX = "/berkas-dalam/"
    client.force_login(operator)

    response = client.get(address("download", evaluation, evidence))

    assert (response["X-Accel-Redirect"], response.content) == (f"/berkas-dalam/{evidence.stored_as}", b"")
    assert AuditEvent.objects.filter(action="evidence.downloaded").count() == 1


def test_download_of_a_lost_file_says_so_and_logs_it(client, evaluation, operator, evidence, caplog):
    path_of(evidence.stored_as).unlink()
    client.force_login(operator)

    response = client.get(address("download", evaluation, evidence))

    assert (response.status_code, "Bukti hilang" in response.content.decode()) == (410, True)
    assert f"evidence {evidence.pk}: its file {evidence.stored_as} is missing" in caplog.text
    assert not AuditEvent.objects.filter(action="evidence.downloaded").exists()


def test_picture_may_be_kept_for_an_hour_by_this_browser_only(client, evaluation, operator, drawn):
    client.force_login(operator)

    response = client.get(address("evidence_page", evaluation, drawn, number=1))

    told = [
        response[name]
        for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Security-Policy")
    ]
    assert told == ["image/webp", "private, max-age=3600", "nosniff", "sandbox; default-src 'none'"]


def test_reading_changes_nothing_and_asking_for_pages_promises_them(client, evaluation, operator):
    evidence = draw(attach(evaluation, operator, good_files.pdf(8)).evidence)
    client.force_login(operator)
    viewer = client.get(address("evidence", evaluation, evidence)).content.decode()
    assert (viewer.count('<figure class="sheet"'), "Tampilkan halaman 7–8" in viewer) == (6, True)
    assert not Job.objects.filter(key=f"{evidence.pk}:7").exists()

    for _ in range(2):
        asked = client.post(address("prepare_pages", evaluation, evidence, first=7), headers=HTMX)
    waiting = client.get(address("evidence_sheet", evaluation, evidence, first=7), headers=HTMX)
    draw(evidence, first=7)
    drawn = client.get(address("evidence_sheet", evaluation, evidence, first=7), headers=HTMX)

    assert "sedang disiapkan" in asked.content.decode()
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert drawn.content.decode().count('<figure class="sheet"') == 2
    assert Job.objects.filter(key=f"{evidence.pk}:7").count() == 1


@pytest.mark.parametrize(
    ("name", "more"),
    [("evidence_page", {"number": 9}), ("evidence_sheet", {"first": 13}), ("evidence_sheet", {"first": 2})],
)
def test_pages_that_do_not_exist_are_404(client, evaluation, operator, drawn, name, more):
    client.force_login(operator)

    assert client.get(address(name, evaluation, drawn, **more)).status_code == 404


def test_previews_are_escaped(client, evaluation, operator):
    evidence = draw(attach(evaluation, operator, good_files.docx(), name="<img src=x>.docx").evidence)
    client.force_login(operator)

    page = client.get(address("evidence", evaluation, evidence)).content.decode()

    assert ("&lt;b&gt;Forum Anak&lt;/b&gt;" in page, "<b>Forum" in page, "<img src=x" in page) == (True, False, False)


def test_link_shows_its_whole_address_before_it_leads_away(client, evaluation, operator):
    url = "https://drive.google.com/a?b=1"
    use = actions.attach_link(answer=answer_to(evaluation), url=url, title="Folder", by=operator, at=NOW)
    client.force_login(operator)

    page = client.get(address("leave", evaluation, use.evidence)).content.decode()

    assert f'href="{url}" target="_blank" rel="noopener noreferrer nofollow"' in page
    assert client.get(address("download", evaluation, use.evidence)).status_code == 404
