"""Rows of the table of addresses for this topic, and examples for the world they are tried in."""

from django.db import transaction

from notices import actions
from notices.models import Mail, Notice
from tests.factories import NOW
from tests.kla_portal.rows import ADMIN_ACT, ADMIN_PAGE, EVERYBODY, ONWARD, Row, who

GET: dict[str, Row] = {
    "notices:index": EVERYBODY,
    "notices:mails": ADMIN_PAGE,
}
POST: dict[str, Row] = {
    "notices:read_all": ONWARD,
    "accounts:switch_digest": ONWARD,
    "notices:retry_mail": ADMIN_ACT,
    "notices:follow": Row(who(404, OPERATOR=302), who(404)),  # the operator's own
}
VALUES: dict[str, dict[str, str]] = {
    "notices:follow": {"pk": "notice"},
    "notices:retry_mail": {"pk": "mail"},
}


def furnish(case, draft, people) -> dict[str, object]:
    """A notice of the operator, and one of each other person that the operator does not see."""
    with transaction.atomic():
        for role, user in people.items():
            actions.tell(
                users=[user.pk], kind=Notice.Kind.DEADLINE, key="uji", text=f"Tenggat {role.lower()}.",
                link=f"/evaluasi/{case.pk}/", at=NOW,
            )  # fmt: skip
    mail = Mail.objects.create(
        user=people["OPERATOR"], day=NOW.date(), address="a@contoh.example", subject="Portal KLA", body="Isi.",
        state=Mail.State.FAILED, written_at=NOW, due_at=NOW,
    )  # fmt: skip
    return {"notice": Notice.objects.get(user=people["OPERATOR"]).pk, "mail": mail.pk}
