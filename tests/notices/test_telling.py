"""Telling: once per occasion, inside the transaction of the act."""

from datetime import timedelta

import pytest
from django.db import transaction

from notices import actions
from notices.models import Notice
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def test_the_same_occasion_is_told_once_to_each_person():
    first, second = make_user("OPERATOR"), make_user("LEADER")

    for people in ([first.pk], [first.pk, second.pk, second.pk]):
        with transaction.atomic():
            actions.tell(users=people, kind=Notice.Kind.DEADLINE, key="em:2025", text="Tenggat besok.", at=NOW)

    assert sorted(Notice.objects.values_list("user", "text")) == sorted(
        [(first.pk, "Tenggat besok."), (second.pk, "Tenggat besok.")]
    )


def test_reading_keeps_the_first_moment_and_leaves_others_alone():
    reader, other = make_user("OPERATOR"), make_user("LEADER")
    with transaction.atomic():
        actions.tell(users=[reader.pk, other.pk], kind=Notice.Kind.SENDING, key="a", text="Terkirim.", at=NOW)
    everything = list(Notice.objects.values_list("pk", flat=True))

    actions.mark_read(user_id=reader.pk, notices=everything, at=NOW)
    actions.mark_read(user_id=reader.pk, notices=everything, at=NOW + timedelta(hours=1))

    assert set(Notice.objects.values_list("user", "read_at")) == {(reader.pk, NOW), (other.pk, None)}


@pytest.mark.django_db(transaction=True)
def test_telling_needs_the_transaction_of_the_act():
    with pytest.raises(RuntimeError):
        actions.tell(users=[], kind=Notice.Kind.SENDING, key="a", text="Terkirim.", at=NOW)
