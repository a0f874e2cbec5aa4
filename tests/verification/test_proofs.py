"""Documents beside a judgement: a picture is offered only where one has been drawn."""

import re

import pytest
from django.urls import reverse

from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import attach, draw
from tests.factories import NOW, make_evaluation, make_user, send
from tests.verification.factories import make_judge

pytestmark = pytest.mark.django_db


def test_desk_shows_the_picture_of_a_drawn_document_and_none_of_a_sheet(client, settings, tmp_path, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    options = {"location": str(tmp_path), "file_permissions_mode": 0o640}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    evaluation = make_evaluation()
    operator = make_user("OPERATOR", region=evaluation.region)
    paper = draw(attach(evaluation, operator, good_files.pdf()).evidence)
    sheet = draw(attach(evaluation, operator, good_files.xlsx(), name="Matriks.xlsx").evidence)
    send(evaluation, operator)
    client.force_login(make_judge(evaluation))

    page = client.get(reverse("verification:question", args=[evaluation.pk, "1.1"])).content.decode()

    assert (paper.state, sheet.state) == ("READY", "READY")
    assert re.findall(r'<img src="[^"]*/bukti/([0-9]+)/halaman/1/"', page) == [str(paper.pk)]
    assert reverse("evaluations:evidence", args=[evaluation.pk, sheet.pk]) in page
