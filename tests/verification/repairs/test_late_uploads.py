"""An upload in parts that begins in time and ends after the window: a clear sentence, and nothing is kept."""

from datetime import timedelta

import pytest

from evaluations.models import Evidence
from tests.evaluations.arrivals.sender import begin, end, send
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.conftest import _own_store  # noqa: F401
from tests.factories import NOW, make_user
from tests.verification.factories import make_case, make_judge
from tests.verification.repairs.test_returns import send_back
from verification.repairs import actions as repairs

pytestmark = pytest.mark.django_db


def test_an_upload_that_ends_too_late_is_told_so(client, monkeypatch):
    moment = {"now": NOW}
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment["now"])
    evaluation = make_case()
    verifier = make_judge(evaluation)
    send_back(evaluation, "1.1", by=verifier)
    repairs.open_window(evaluation=evaluation, stage="VA", by=verifier, at=NOW)
    moment["now"] = NOW + timedelta(hours=48, seconds=-5)
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    content = good_files.pdf()
    said = begin(client, evaluation, content).json()
    send(client, said, content)

    moment["now"] = NOW + timedelta(hours=48)
    late = end(client, said, content)

    assert late.json()["sentence"].startswith("Masa perbaikan pertanyaan ini berakhir 22 Mei 2025, 10.00 WITA.")
    assert (late.status_code, Evidence.objects.count()) == (422, 0)
