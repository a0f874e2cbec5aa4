"""Which paper proves which answer in Tanah Bumbu, attached through the real action."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from django.core.files.base import ContentFile

from accounts.models import User
from clusters.models import Question
from evaluations.evidence import actions as proving
from evaluations.models import Answer, Evaluation, Evidence
from kla_portal.demo.claims import Entry
from kla_portal.demo.papers import PAPERS, Paper, bytes_of

SHARE = 0.82  # of the questions have evidence; a few lack it, as in life


def seed_proofs(
    evaluation: Evaluation, entries: Sequence[Entry], authors: Mapping[int, User], operator: User, at: datetime
) -> None:
    """Every paper is attached once and then reused; questions of an office get that office's papers first."""
    rng = Random(6312)  # noqa: S311 - a demo that is the same everywhere
    answers = {
        answer.question_id: answer
        for answer in Answer.objects.filter(evaluation=evaluation).select_related("evaluation__cycle", "question")
    }
    stored: dict[Paper, Evidence] = {}
    for place, entry in enumerate(entries):
        if rng.random() >= SHARE:
            continue
        moment = at + timedelta(minutes=30 * place)
        for number, paper in enumerate(_papers(entry.question, place, rng)):
            by = authors.get(entry.question.pk, operator)
            covers = [number] if number < len(entry.question.evidence) else []
            stored[paper] = _attach(paper, stored.get(paper), answers[entry.question.pk], covers, by, moment)


def _papers(question: Question, place: int, rng: Random) -> list[Paper]:
    own = [paper for paper in PAPERS if paper.office and paper.office in question.offices]
    common = [paper for paper in PAPERS if not paper.office]
    wanted = 2 if rng.random() < 0.35 else 1
    first = own or common
    start = place % len(first)
    return [*first[start:], *first[:start], *common][:wanted]


def _attach(
    paper: Paper, known: Evidence | None, answer: Answer, covers: list[int], by: User, at: datetime
) -> Evidence:
    if known is not None:
        proving.attach_existing(answer=answer, evidence=[known], by=by, at=at, covers=covers)
        return known
    upload = ContentFile(bytes_of(paper), name=paper.file_name)
    return proving.attach_file(answer=answer, upload=upload, title=paper.title, by=by, at=at, covers=covers).evidence
