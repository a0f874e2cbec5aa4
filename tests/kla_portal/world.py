"""One small world with an example of everything an address can name, and people of two regions and two provinces."""

from dataclasses import dataclass
from decimal import Decimal
from http.cookies import SimpleCookie

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from evaluations.evidence import actions as proving
from evaluations.evidence import tasks as drawing
from evaluations.models import Answer, Evaluation
from jobs.models import Job
from reports import actions as printing
from reports import making
from reports.models import Document
from tests.accounts.doors import log_in
from tests.evaluations.evidence import good_files
from tests.factories import NOW, answer_all, make_cycle, make_evaluation, make_region, make_user, send
from tests.kla_portal.addresses import TOPICS
from tests.kla_portal.rows import ROLES
from tests.verification.factories import close, judge, make_judge
from verification import actions as judging

HOME, ELSEWHERE = ("63.10", "Kabupaten Tanah Bumbu"), ("16.10", "Kabupaten Ogan Ilir")


@dataclass(frozen=True, slots=True)
class World:
    """`names` fill the addresses; `own` and `other` are logged-in browsers by role."""

    names: dict[str, object]
    own: dict[str, Client]
    other: dict[str, Client]
    nobody: Client


def make_world() -> World:
    """Case `pk` (63.10): verified, now before the field visit, with papers; `draft`: being answered."""
    own = {role: make_user(role, username=f"own.{role.lower()}", region=make_region(*HOME)) for role in ROLES[:4]}
    other = {
        role: make_user(role, username=f"other.{role.lower()}", region=make_region(*ELSEWHERE)) for role in ROLES[:5]
    }
    cycle = make_cycle(code="2024")
    draft = make_evaluation(make_region(*HOME), make_cycle(cycle.instrument, code="2025"))
    make_cycle(cycle.instrument, code="2026")
    case = make_evaluation(make_region(*HOME), cycle)
    file, link = _attached(case, own["OPERATOR"])
    loose, _ = _attached(draft, own["OPERATOR"])
    foreign, _ = _attached(make_evaluation(make_region(*ELSEWHERE), cycle), other["OPERATOR"])
    own["VERIFIER"], own["ADMIN"] = _judged(case, own["OPERATOR"])
    document = _printed(case, own["ADMIN"])
    names = {
        "pk": case.pk, "draft": draft.pk, "file": file, "link": link, "loose": loose, "foreign": foreign,
        "document": document.pk, "user": own["STAFF"].pk, "instrument": cycle.instrument.code,
        "job": _failed_job(document).pk, "open_cycle": "2026",
    }  # fmt: skip
    for topic in TOPICS:
        names |= topic.furnish(case, draft, own)
    return World(names, _browsers(own, 1), _browsers(other, 2), Client())


def _attached(evaluation: Evaluation, by: User) -> tuple[int, int]:
    answers = Answer.objects.select_related("evaluation__cycle", "question")
    answer = answers.get(evaluation=evaluation, question__code="1.1")
    upload = ContentFile(good_files.pdf(), "SK Gugus Tugas.pdf")
    file = proving.attach_file(answer=answer, upload=upload, by=by, at=NOW).evidence
    link = proving.attach_link(answer=answer, url="https://jdih.example.id/sk", title="SK", by=by, at=NOW).evidence
    return file.pk, link.pk


def _judged(case: Evaluation, operator: User) -> tuple[User, User]:
    drawing.draw_pages(evidence_id=case.evidence.get(kind="FILE").pk)
    answer_all(case)
    send(case, operator)
    verifier = make_judge(case, username="own.verifier")
    admin = User.objects.get(role="ADMIN")
    for answer in Answer.objects.filter(evaluation=case).select_related("question"):
        judge(case, answer.question.code, by=verifier)
    judge(case, "1.1", Decimal("350"), by=verifier, reason="INCOMPLETE", note="Hanya sampul.", version=1)
    close(case, by=verifier)
    make_mandate(case, verifier, admin)
    case.refresh_from_db()
    return verifier, admin


def make_mandate(case: Evaluation, verifier: User, admin: User) -> None:
    """The same verifier goes into the field."""
    judging.assign(evaluation=case, stage="VL", verifier=verifier, by=admin, at=NOW)


def _printed(case: Evaluation, by: User) -> Document:
    """A finished CSV: the quickest of the papers."""
    document = printing.request_document(evaluation=case, kind="LHV", format="csv", by=by, at=NOW)
    return printing.finish_document(
        document=document, made=making.make(document, progress=lambda percent: None), by=by, at=NOW
    )


def _failed_job(document: Document) -> Job:
    Job.objects.filter(pk=document.job_id).update(state=Job.State.FAILED, reason="Percobaan gagal.")
    return Job.objects.get(pk=document.job_id)


def _browsers(people: dict[str, User], network: int) -> dict[str, Client]:
    browsers = {}
    for number, (role, user) in enumerate(people.items()):
        browsers[role] = Client()
        assert log_in(browsers[role], user.username, address=f"10.{network}.0.{number}").status_code == 302
    return browsers


def addresses() -> dict[str, str]:
    """Every named address of the portal: name -> route, as the URLconf has it."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], space: str, before: str):
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, inner, route)
        else:
            yield f"{space}{each.name or route}", route


def rolled_back(client: Client, method: str, address: str, **more):
    """The answer to one request whose writes are undone, so that every request meets the same world."""
    kept = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.generic(method, address, **more)
        if response.streaming:
            list(response.streaming_content)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(kept)
    return response


def stop_clock(monkeypatch) -> None:
    """The server's clock stands at NOW, for sessions too."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr("time.time", NOW.timestamp)
