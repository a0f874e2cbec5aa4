"""Who is reminded on which morning: whoever still owes something, 7, 3 and 1 days before a deadline and on its day."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import formats

from accounts.models import User
from clusters.models import StageWindow
from clusters.stages import Stage, judged_at
from evaluations import rules
from evaluations.deadlines.open_cases import open_cases
from evaluations.models import Evaluation, Responsibility
from evaluations.worklist.standing import Line, states_of
from kla_portal.numbers import saat
from notices import actions as notices
from notices.models import Notice

STEPS = (7, 3, 1, 0)  # days left


@dataclass(frozen=True, slots=True)
class Debt:
    """What a reviewer or verifier has not judged yet at the evaluation's present stage."""

    user_id: int
    evaluation: Evaluation
    count: int
    link: str


DebtReader = Callable[[Iterable[Evaluation]], Iterable[Debt]]
_debts: list[DebtReader] = []


def register(debts: DebtReader) -> None:
    """Called when the room of judgement is ready, which alone knows what is not judged yet; a second call replaces."""
    _debts[:] = [debts]


def remind(day: date, at: datetime) -> None:
    """Tell the day's reminders; told again on the same day they change nothing."""
    with_dates = set(
        Responsibility.objects.filter(
            evaluation__submitted_at__isnull=True, due_on__in=[day + timedelta(days=left) for left in STEPS]
        ).values_list("evaluation_id", flat=True)
    )
    for evaluation, window in open_cases(at):
        left = days_left(window, day)
        if left in STEPS or evaluation.pk in with_dates:
            _remind_answering(evaluation, window, left, day, at)
    _remind_judging(day, at)


def days_left(window: StageWindow, day: date) -> int:
    """Whole days until the window closes, by the calendar of its own zone."""
    return (window.closes_at.astimezone(ZoneInfo(window.time_zone)).date() - day).days


def when(left: int) -> str:
    """The distance in a word."""
    return {0: "hari ini", 1: "besok"}.get(left, f"{left} hari lagi")


@transaction.atomic
def _remind_answering(evaluation: Evaluation, window: StageWindow, left: int, day: date, at: datetime) -> None:
    """By office, because its people share their tasks; the operators together, because they look after all."""
    groups: dict[int | None, list[User]] = defaultdict(list)
    for user in rules.people_who_answer(evaluation).select_related("office").order_by("pk"):
        groups[user.office_id].append(user)
    link = reverse("evaluations:tasks", args=[evaluation.pk])
    for office, users in groups.items():
        owed = [line for line in states_of(evaluation, user=users[0]).values() if line.is_task]
        whose = users[0].office.name if users[0].office else evaluation.region.name
        told = [user.pk for user in users]
        tell = partial(notices.tell, users=told, kind=Notice.Kind.DEADLINE, link=link, at=at)
        if owed and left in STEPS:
            until = f"Evaluasi mandiri ditutup {saat(window.closes_at, window.time_zone)}, {when(left)}"
            text = f"{len(owed)} pertanyaan {whose} belum selesai. {until}."
            tell(key=f"deadline:{evaluation.pk}:EM:{day}", text=text)
        for due, count in _due(owed, office, day, before=day + timedelta(days=left)):
            text = f"{count} pertanyaan {whose} jatuh tempo {_date(due)}, {when((due - day).days)}."
            tell(key=f"due:{evaluation.pk}:{due}:{day}", text=text)


def _due(owed: Iterable[Line], office: int | None, day: date, *, before: date) -> list[tuple[date, int]]:
    """How many owed questions fall due on one of the steps; a date on the window's own day is said by the window."""
    found: dict[date, int] = defaultdict(int)
    for line in owed:
        due = line.due_for(office)
        if due is not None and due < before and (due - day).days in STEPS:
            found[due] += 1
    return sorted(found.items())


def _remind_judging(day: date, at: datetime) -> None:
    """Reviewers and verifiers, before the window of the stage they judge closes."""
    judged = Evaluation.objects.for_page().exclude(stage="")
    closing = {}
    for evaluation in judged.prefetch_related("cycle__windows"):
        window = _window_of_judging(evaluation)
        if window and window.is_open(at) and days_left(window, day) in STEPS:
            closing[evaluation] = window
    for debt in [debt for reader in _debts if closing for debt in reader(closing)]:
        window = closing[debt.evaluation]
        stage = Stage(judged_at(debt.evaluation.stage, debt.evaluation.cycle.stages))
        left, undone = when(days_left(window, day)), "belum ditelaah" if stage is Stage.TI else "belum dinilai"
        text = f"{debt.count} pertanyaan {debt.evaluation.region.name} {undone}. {stage.label} ditutup "
        with transaction.atomic():
            notices.tell(
                users=[debt.user_id], kind=Notice.Kind.DEADLINE, key=f"deadline:{debt.evaluation.pk}:{stage}:{day}",
                text=f"{text}{saat(window.closes_at, window.time_zone)}, {left}.", link=debt.link, at=at,
            )  # fmt: skip


def _window_of_judging(evaluation: Evaluation) -> StageWindow | None:
    """The window of the stage that is judged now; a review without one of its own has the self-evaluation's."""
    found = {each.stage: each for each in evaluation.cycle.windows.all()}
    stage = judged_at(evaluation.stage, evaluation.cycle.stages)
    return found.get(stage) or (found.get(Stage.EM.value) if stage == Stage.TI else None)


def _date(day: date) -> str:
    return str(formats.date_format(day, "j F Y"))
