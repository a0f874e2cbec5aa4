"""Reviewers are reminded of what is answered and not reviewed, before the self-evaluation ends."""

from datetime import timedelta

import pytest

from clusters.models import StageWindow
from evaluations.deadlines import reminders
from notices.models import Notice
from tests.factories import NOW, make_region, make_user, send
from tests.verification.review.cases import make_open_case, make_reviewer, review

pytestmark = pytest.mark.django_db


def told(user):
    """What one person has been told about deadlines."""
    return [text.split(".")[0] for text in Notice.objects.filter(user=user).values_list("text", flat=True)]


@pytest.mark.parametrize("own_window", [False, True])
def test_a_reviewer_hears_how_much_is_left_of_what_is_answered(own_window):
    evaluation = make_open_case()
    if not own_window:
        StageWindow.objects.filter(stage="TI").delete()
    reviewer, elsewhere = make_reviewer(evaluation), make_user("REVIEWER", region=make_region("63.05", "Tapin"))
    review(evaluation, "1.1", by=reviewer)
    closes = StageWindow.objects.get(stage="EM").closes_at
    evaluation.answers.filter(question__code="1.2").update(kind="", option=None, points=None, confirmed_at=None,
                                                           confirmed_by=None)  # fmt: skip

    reminders.remind((closes - timedelta(days=3)).date(), closes - timedelta(days=3))

    assert (told(reviewer), told(elsewhere)) == (["4 pertanyaan Kabupaten Tanah Bumbu belum ditelaah"], [])


def test_after_sending_no_reviewer_is_reminded():
    evaluation = make_open_case()
    reviewer = make_reviewer(evaluation)
    send(evaluation)
    Notice.objects.all().delete()
    reminders.remind((NOW + timedelta(days=27)).date(), NOW + timedelta(days=27))
    assert told(reviewer) == []
