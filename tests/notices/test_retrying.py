"""Mail as a page beside the plain text, and one more try for what was given up."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from jobs.models import Job
from notices import digests
from notices.mail_page import html_of
from notices.models import Mail
from tests.factories import NOW, make_user
from tests.notices.factories import DAY, reader, tell

pytestmark = pytest.mark.django_db


def test_page_says_what_the_text_says_and_escapes_it():
    body = (
        'Yth. Siti <b>,\n\nTenggat\n- Besok "tutup".\n  https://kla.example/evaluasi/1/?a=1&b=2\n- Lusa.\n\n'
        "Semua: https://kla.example/pemberitahuan/\n\n-- \nJangan dibalas.\n"
    )

    page = " ".join(html_of("Portal KLA: 2 pemberitahuan", body).split())

    assert "<p>Yth. Siti &lt;b&gt;,</p>" in page
    assert (
        '<h2>Tenggat</h2> <ul><li>Besok &quot;tutup&quot;. <a href="https://kla.example/evaluasi/1/?a=1&amp;b=2">'
        in page
    )
    assert "<li>Lusa.</li></ul>" in page
    assert '<p>Semua: <a href="https://kla.example/pemberitahuan/">' in page
    assert "<hr> <footer><p><small>Jangan dibalas.</small></p></footer>" in page
    assert '<html lang="id">' in page


@pytest.fixture
def given_up(client):
    """A mail the server did not take, and the administrator who looks after it."""
    tell(reader(1))
    digests.write(day=DAY, at=NOW)
    Mail.objects.update(state="FAILED", attempts=5, reason="Server surel menjawab 554")
    client.force_login(make_user("ADMIN"))
    return Mail.objects.select_related("user").get()


def retried(client, mail):
    page = client.post(reverse("notices:retry_mail", args=[mail.pk]), follow=True)
    mail.refresh_from_db()
    return page.content.decode()


def test_mail_that_was_given_up_is_tried_again_at_the_present_address(client, given_up):
    given_up.user.email = "baru@dinas.example"
    given_up.user.save(update_fields=["email"])

    pages = [retried(client, given_up) for _ in range(2)]

    assert (given_up.state, given_up.attempts, given_up.reason, given_up.address) == (
        "WAITING", 0, "", "baru@dinas.example",
    )  # fmt: skip
    assert ("akan dicoba lagi" in pages[0], "tidak dicoba lagi" in pages[1]) == (True, True)
    assert AuditEvent.objects.filter(action="mail.retried", subject=f"mail:{given_up.pk}").count() == 1
    assert Job.objects.filter(kind="send_mails").count() == 1


@pytest.mark.parametrize("state", ["UNSURE", "SENT", "SENDING"])
def test_mail_that_may_have_arrived_is_never_sent_again(client, given_up, state):
    Mail.objects.update(state=state, sent_at=NOW if state == "SENT" else None)

    assert "tidak dicoba lagi" in retried(client, given_up)
    assert given_up.state == state


def test_mail_to_a_refused_address_asks_for_another_one_first(client, given_up):
    given_up.user.mail_refused_at, given_up.user.mail_refusal = NOW, "550"
    given_up.user.save()

    assert "Perbaiki alamatnya" in retried(client, given_up)
    assert given_up.state == "FAILED"
