"""Writing the day's mails into the outbox: one per person who has news, never a second one for the same day."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from notices import refusals, rules, wording
from notices.models import Mail, Notice

Standings = Callable[[Sequence[User], datetime], Mapping[int, Sequence[str]]]  # sentences by person's pk
NEWS_LIFE = timedelta(days=7)  # older news is on the page, and no longer worth a mail
AT_ONCE = 200

_standings: list[Standings] = []


def register(standings: Standings) -> None:
    """Called when a room is ready that can say how somebody's work stands; registered twice, it speaks once."""
    if standings not in _standings:
        _standings.append(standings)


def write(*, day: date, at: datetime) -> int:
    """Write the digests of a day; returns how many. Run twice, or by two at once, it writes no second one."""
    news = Notice.objects.for_digest(at - NEWS_LIFE)
    people = rules.readers_of_digests().filter(pk__in=news.values("user")).exclude(mails__day=day)
    wanted = list(people.order_by("pk").values_list("pk", flat=True))
    return sum(_write_some(wanted[start : start + AT_ONCE], day, at) for start in range(0, len(wanted), AT_ONCE))


@transaction.atomic
def _write_some(wanted: list[int], day: date, at: datetime) -> int:
    people = [each for each in _people(wanted) if _takes_mail(each, at)]
    standing = _standing_of(people, at)
    told = _told([each.pk for each in people], at)
    mails = [
        _mail(each, wording.digest(str(each), [line for _, line in told[each.pk]], standing[each.pk], _site()), day, at)
        for each in people
        if told[each.pk]
    ]
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    bodies = dict(Mail.objects.filter(user__in=people, day=day).values_list("user", "body"))
    ours = [mail.user_id for mail in mails if bodies.get(mail.user_id) == mail.body]  # not another's, written meanwhile
    Notice.objects.filter(pk__in=[pk for user in ours for pk, _ in told[user]]).update(
        mail=Subquery(Mail.objects.filter(user=OuterRef("user"), day=day).values("pk")[:1])
    )
    return len(ours)


def _people(wanted: list[int]) -> list[User]:
    return list(User.objects.filter(pk__in=wanted).select_related("region", "office").order_by("pk"))


def _takes_mail(user: User, at: datetime) -> bool:
    """Whether the address can be an address at all; one that came in some other way may hold anything."""
    try:
        validate_email(user.email)
    except ValidationError:
        refusals.note(user=user, address=user.email, reason="Alamat ini tidak sah.", at=at)
        return False
    return True


def _standing_of(people: Sequence[User], at: datetime) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for standings in _standings:
        for pk, lines in standings(people, at).items():
            found[pk].extend(lines)
    return found


def _told(people: list[int], at: datetime) -> dict[int, list[tuple[int, wording.Told]]]:
    found: dict[int, list[tuple[int, wording.Told]]] = defaultdict(list)
    news = Notice.objects.for_digest(at - NEWS_LIFE).filter(user__in=people).order_by("told_at", "pk")
    for pk, user, kind, text, link in news.values_list("pk", "user_id", "kind", "text", "link"):
        found[user].append((pk, wording.Told(kind, text, link)))
    return found


def _mail(user: User, digest: wording.Digest, day: date, at: datetime) -> Mail:
    return Mail(
        user=user, day=day, address=user.email, subject=digest.subject, body=digest.body, written_at=at, due_at=at
    )


def _site() -> str:
    return str(settings.SITE_URL).rstrip("/")
