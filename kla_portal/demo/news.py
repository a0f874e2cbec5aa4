"""News of the demo: a deadline moved by letter, a few notices, and a region whose pace can be foretold."""

from datetime import datetime, timedelta

from django.urls import reverse

from accounts.models import User
from clusters.models import Cycle, StageWindow
from clusters.stages import Stage
from evaluations.deadlines import actions as deadlines
from evaluations.models import Answer, AnswerVersion, DeadlineMove, Evaluation, Evidence, EvidenceUse
from notices import actions as notices
from notices.models import Notice

AT_WORK = "63.04"  # answers since sixteen days, and proves and confirms them as it goes
POSTPONED = timedelta(days=14)


def seed_moved_deadline(cycle: Cycle, administrator: User, at: datetime) -> None:
    """The field verification was put off by two weeks; everybody in the demo is told."""
    window = StageWindow.objects.filter(cycle=cycle, stage=Stage.VL).first()
    if window is None or DeadlineMove.objects.filter(window=window).exists():
        return
    moment = at - timedelta(days=2)
    deadlines.move(
        cycle=cycle, stage=Stage.VL, seen=0, shorten=False, by=administrator, at=moment,
        span=deadlines.Span(window.opens_at, window.closes_at + POSTPONED, window.time_zone),
        letter=deadlines.Letter("CONTOH-07/KLA", moment.date(), "Menyesuaikan jadwal tim pusat"),
    )  # fmt: skip


def seed_notices(evaluation: Evaluation, people: dict[str, User], at: datetime) -> None:
    """What the people of Tapin find behind the bell when they come in for the first time."""
    link = reverse("evaluations:overview", args=[evaluation.pk])
    told = (
        ("staf.tapin", Notice.Kind.ASSIGNED, "Dinas Kesehatan memimpin atau mendukung pertanyaan siklus ini.", 3),
        ("staf.tapin", Notice.Kind.MENTIONED, "Operator Tapin menyebut Anda dalam percakapan pertanyaan 1.1.", 26),
        ("operator.tapin", Notice.Kind.ASSIGNED, "Pembagian tugas terisi dari instrumen. Periksa dan sesuaikan.", 4),
        ("operator.tapin", Notice.Kind.SENDING, "Evaluasi mandiri dibuka untuk Kabupaten Tapin.", 50),
    )
    for number, (username, kind, text, hours) in enumerate(told):
        notices.tell(
            users=[people[username].pk], kind=kind, key=f"demo:{evaluation.pk}:{number}", text=text, link=link,
            at=at - timedelta(hours=hours),
        )  # fmt: skip


def seed_pace(evaluation: Evaluation, administrator: User, at: datetime) -> None:
    """Spread a region's answers over sixteen days and prove most of them with one folder, so that there is a pace."""
    answers = list(Answer.objects.filter(evaluation=evaluation, points__isnull=False).order_by("pk"))
    folder = Evidence.objects.create(
        evaluation=evaluation, kind=Evidence.Kind.LINK, title="Folder bukti (contoh)", state=Evidence.State.READY,
        url="https://bukti.example.id/contoh", added_at=at - timedelta(days=16), added_by=administrator,
    )  # fmt: skip
    proved = [answer for place, answer in enumerate(answers) if place % 5]
    EvidenceUse.objects.bulk_create(
        EvidenceUse(evidence=folder, answer=answer, added_at=folder.added_at, added_by=administrator)
        for answer in proved
    )
    for day in range(16):
        some = [answer.pk for answer in answers[day::16]]
        moment = at - timedelta(days=day, hours=5)
        AnswerVersion.objects.filter(answer__in=some).update(saved_at=moment)
        Answer.objects.filter(pk__in=some).update(saved_at=moment)
        confirmed = {answer.pk for answer in proved}.intersection(some)
        Answer.objects.filter(pk__in=confirmed).update(confirmed_at=moment, confirmed_by=administrator)
