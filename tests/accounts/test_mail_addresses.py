"""Whether mail goes to a person: the switch of the digest; an address that was refused, and its end."""

import pytest
from django.urls import reverse

from accounts import actions, addresses
from accounts.models import AuditEvent
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = make_user("OPERATOR")
    client.force_login(user)
    actions.change_email(user=user, email="a@dinas.example", by=user, at=NOW)
    return user


@pytest.mark.parametrize("mended", ["b@dinas.example", "a@dinas.example", ""])
def test_address_given_anew_forgets_that_it_was_refused(client, user, mended):
    assert addresses.refuse(user_id=user.pk, email="a@dinas.example", reason="550 tidak ada", at=NOW) is True
    shown = client.get(reverse("accounts:profile")).content.decode()

    actions.change_email(user=user, email=mended, by=user, at=NOW)

    user.refresh_from_db()
    assert ("550 tidak ada" in shown, user.mail_refused_at, user.mail_refusal) == (True, None, "")


def test_refusal_is_noted_once_and_not_for_an_address_that_was_changed_meanwhile(user):
    noted = [
        addresses.refuse(user_id=user.pk, email=email, reason="550", at=NOW)
        for email in ("alt@dinas.example", "a@dinas.example", "a@dinas.example")
    ]

    assert (noted, AuditEvent.objects.filter(action="user.email_refused").count()) == ([False, True, False], 1)


def test_digest_is_switched_off_and_on_again_once_each(client, user):
    for wanted in ("0", "0", "1"):
        client.post(reverse("accounts:switch_digest"), {"mau": wanted})

    user.refresh_from_db()
    events = AuditEvent.objects.filter(action="user.digest_switched").order_by("pk").values_list("details", flat=True)
    assert (user.wants_digest, list(events)) == (True, [{"wanted": False}, {"wanted": True}])


def test_administrator_sees_that_an_address_is_refused(client, user):
    addresses.refuse(user_id=user.pk, email="a@dinas.example", reason="550 tidak ada", at=NOW)
    client.force_login(make_user("ADMIN"))

    assert "550 tidak ada" in client.get(reverse("accounts:user", args=[user.pk])).content.decode()
