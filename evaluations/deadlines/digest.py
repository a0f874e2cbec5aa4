"""How somebody's work stands, in the sentences of the daily mail: their tasks, and for operators the outlook."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from clusters.models import StageWindow
from evaluations import rules
from evaluations.deadlines import forecast
from evaluations.deadlines.forecast import Outlook
from evaluations.deadlines.open_cases import open_cases
from evaluations.models import Evaluation
from evaluations.worklist.standing import open_tasks, states_of
from kla_portal.numbers import angka, persen, saat

MOST_BEHIND = 3


def standings(people: Sequence[User], at: datetime) -> dict[int, list[str]]:
    """Sentences by person, for those who still answer; a few queries per evaluation and office."""
    by_region: dict[int, list[User]] = defaultdict(list)
    for user in people:
        if user.region_id:
            by_region[user.region_id].append(user)
    found: dict[int, list[str]] = defaultdict(list)
    evaluations = Evaluation.objects.filter(region__in=by_region)
    for evaluation, window in open_cases(at, evaluations):
        groups: dict[int | None, list[User]] = defaultdict(list)
        answering = set(rules.people_who_answer(evaluation).values_list("pk", flat=True))
        for user in by_region[evaluation.region_id]:
            if user.pk in answering:
                groups[user.office_id].append(user)
        for users in groups.values():
            for line in _lines(users[0], evaluation, window, at):
                for user in users:
                    found[user.pk].append(line)
    return found


def _lines(user: User, evaluation: Evaluation, window: StageWindow, at: datetime) -> list[str]:
    lines = states_of(evaluation, user=user)
    count, until = open_tasks(lines.values()), saat(window.closes_at, window.time_zone)
    sentences = [f"{evaluation.cycle.name}: {count} tugas terbuka, tenggat {until}."]
    if rules.answers_for_region(user):
        states = {pk: line.state for pk, line in lines.items()}
        outlook = forecast.build(user, evaluation, states, window, at)
        sentences += _outlook(outlook) if outlook else []
    return sentences


def _outlook(outlook: Outlook) -> list[str]:
    whole = outlook.whole.forecast
    if whole.expected is None or whole.per_week is None:
        return ["Perkiraan pada tenggat: belum cukup data."]
    sentences = [
        f"Pada laju {angka(whole.per_week, 1)} pertanyaan per minggu, {whole.expected} dari {whole.whole} "
        f"({persen(whole.share)}) selesai pada tenggat."
    ]
    behind = [each for each in outlook.offices if each.forecast.falls_short][:MOST_BEHIND]
    if behind:
        names = "; ".join(f"{each.name} {persen(each.forecast.share)}" for each in behind)
        sentences.append(f"Paling tertinggal: {names}.")
    return sentences
