"""Conflicts of interest: who declares them, what ends with them, who is told."""

import pytest
from django.urls import reverse

from notices.models import Notice
from tests.factories import NOW, make_region, make_user
from tests.verification.factories import close, judge, make_case, make_judge
from verification import actions, rules
from verification.models import Assignment, ConflictOfInterest, Verdict
from verification.teams import actions as teams

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def declare(verifier, evaluation, *, by=None, kind="HOME", reason=""):
    return teams.declare(
        verifier=verifier, region=evaluation.region, kind=kind, reason=reason, by=by or verifier, at=NOW
    )


def test_a_verifier_with_a_conflict_is_not_assigned(client):
    evaluation, verifier = make_case(), make_user("VERIFIER")
    declare(verifier, evaluation)
    client.force_login(make_user("ADMIN"))
    wish = {"stage": "VA", "verifier": verifier.pk, "wanted": "1"}

    response = client.post(reverse("verification:assign", args=[evaluation.pk]), wish)

    said = "mempunyai benturan kepentingan dengan Kabupaten Tanah Bumbu (daerah asal atau tempat tinggal)"
    assert (response.status_code, said in response.content.decode(), Assignment.objects.count()) == (409, True, 0)


def test_declaring_ends_the_open_mandates_only_and_tells_everybody():
    evaluation = make_case()
    admin, verifier, beside = make_user("ADMIN"), make_judge(evaluation), make_judge(evaluation, "VL")
    judge(evaluation, "1.1", by=verifier)
    close(evaluation, by=verifier, confirmed=5)
    actions.assign(evaluation=evaluation, stage="VL", verifier=verifier, by=admin, at=NOW)

    declare(verifier, evaluation)
    again = declare(verifier, evaluation, kind="KIN")

    left = Assignment.objects.order_by("stage").values_list("stage", "verifier")
    told = Notice.objects.filter(text__contains="benturan kepentingan").values_list("user", flat=True)
    evaluation.refresh_from_db()
    assert list(left) == [("VA", verifier.pk), ("VL", beside.pk)]
    assert {beside.pk, admin.pk} <= set(told)
    assert (rules.can_judge(verifier, evaluation), rules.can_judge(beside, evaluation)) == (False, True)
    assert (again.kind, ConflictOfInterest.objects.count(), Verdict.objects.count()) == ("HOME", 1, 1)


def test_a_mandate_beside_a_conflict_does_not_count(client):
    evaluation = make_case()
    verifier = make_judge(evaluation)
    ConflictOfInterest.objects.create(
        verifier=verifier, region=evaluation.region, kind="HOME", declared_at=NOW, declared_by=verifier
    )
    client.force_login(verifier)

    address = reverse("verification:judge", args=[evaluation.pk, "1.1"])
    status = client.post(address, {"stage": "VA", "version": 0, "choice": "terima"}).status_code

    assert (rules.can_judge(verifier, evaluation), rules.judged_by(verifier, [evaluation])) == (False, set())
    assert (status, Verdict.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "OTHER"}, "Tulis keterangan singkat"),
        ({"kind": "?"}, "Pilih jenis dari daftar"),
        ({"region": "99999"}, "Pilih daerah dari daftar"),
        ({"region": "far"}, "Pilih daerah dari daftar"),
    ],
)
def test_a_declaration_that_cannot_be_says_why(client, changed, sentence):
    evaluation, verifier = make_case(), make_user("VERIFIER")
    far = make_region("16.10", "Kabupaten Ogan Ilir")
    client.force_login(verifier)
    typed = {"region": evaluation.region_id, "kind": "HOME", **changed}

    response = client.post(
        reverse("verification:conflicts"), {**typed, "region": far.pk if typed["region"] == "far" else typed["region"]}
    )

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert ConflictOfInterest.objects.count() == 0


def test_a_verifier_declares_for_nobody_else(client):
    evaluation, verifier, other = make_case(), make_user("VERIFIER"), make_user("VERIFIER")
    client.force_login(verifier)

    client.post(
        reverse("verification:conflicts"), {"verifier": other.pk, "region": evaluation.region_id, "kind": "HOME"}
    )

    assert ConflictOfInterest.objects.get().verifier == verifier


def test_the_administrator_enters_and_withdraws(client):
    evaluation, verifier, far = make_case(), make_user("VERIFIER"), make_user("VERIFIER", region=make_region("16.10"))
    client.force_login(make_user("ADMIN"))
    page = reverse("verification:conflicts")
    typed = {"region": evaluation.region_id, "kind": "KIN", "reason": "Kakak kepala dinas"}

    statuses = [client.post(page, {**typed, "verifier": each.pk}).status_code for each in (far, verifier)]
    conflict = ConflictOfInterest.objects.get()
    withdrawn = client.post(reverse("verification:withdraw_conflict", args=[conflict.pk])).status_code
    actions.assign(evaluation=evaluation, stage="VA", verifier=verifier, by=make_user("ADMIN"), at=NOW)

    assert (statuses, conflict.verifier, withdrawn) == ([422, 302], verifier, 302)
    assert rules.can_judge(verifier, evaluation)
