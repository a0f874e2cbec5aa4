"""The last cycle beside this one, a cluster at a time, for taking over many answers together. Never writes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accounts.models import User
from clusters.catalogue import Entry, catalogue_of
from clusters.models import Cluster
from evaluations.carryover.actions import Wish
from evaluations.carryover.previous import Old, old_answers, previous_of
from evaluations.models import Answer, Evaluation
from evaluations.standing import own_questions


@dataclass(frozen=True, slots=True)
class Pair:
    """One question: what stands now and what was said before."""

    entry: Entry
    now: Answer
    old: Old

    @property
    def can_take(self) -> bool:
        """Whether taking it over fills a gap; what is answered already is taken over on its own page."""
        return self.old.claim is not None and self.now.points is None

    @property
    def mark(self) -> str:
        """Question and version, as the form sends them."""
        return f"{self.entry.question.code}:{self.now.version}"


@dataclass(frozen=True, slots=True)
class LastCycle:
    """Everything the page shows."""

    previous: Evaluation | None
    clusters: Sequence[Cluster]
    cluster: str
    pairs: Sequence[Pair]

    @property
    def takeable(self) -> int:
        """How many gaps can be filled."""
        return sum(pair.can_take for pair in self.pairs)


def page_of(user: User, evaluation: Evaluation, cluster: str) -> LastCycle:
    """One cluster's pairs; an unknown cluster is the first. A constant number of queries."""
    catalogue = catalogue_of(evaluation.cycle.instrument)
    mine = own_questions(user, evaluation)
    seen = [each for each in catalogue.entries if mine is None or each.question.pk in mine]
    codes = {each.question.indicator.cluster.code for each in seen}
    clusters = [each for each in catalogue.clusters if each.code in codes]
    chosen = cluster if cluster in codes else next((each.code for each in clusters), "")
    return LastCycle(previous_of(evaluation), clusters, chosen, _pairs(user, evaluation, seen, chosen))


def wishes(user: User, evaluation: Evaluation, cluster: str, marks: Collection[str]) -> list[Wish]:
    """What the form asks for, as far as it can be taken over; the versions are those the person has seen."""
    asked = dict(mark.split(":", 1) for mark in marks if mark.count(":") == 1)
    return [
        Wish(pair.now, int(version), pair.old.claim, pair.old.answer)
        for pair in page_of(user, evaluation, cluster).pairs
        if (version := asked.get(pair.entry.question.code, "")).isdigit()
        and version.isascii()
        and len(version) < 10
        and pair.old.claim is not None
    ]


def _pairs(user: User, evaluation: Evaluation, seen: Sequence[Entry], cluster: str) -> list[Pair]:
    entries = [each for each in seen if each.question.indicator.cluster.code == cluster]
    old = old_answers(user, evaluation, entries)
    if not old:
        return []
    answers = Answer.objects.filter(evaluation=evaluation, question__in=list(old)).select_related("option", "question")
    now = {answer.question_id: answer for answer in answers}
    return [Pair(each, now[each.question.pk], old[each.question.pk]) for each in entries if each.question.pk in old]
