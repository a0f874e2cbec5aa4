"""Finding questions by words in their text, in the answer's note, and in titles and file names of what proves them."""

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connections
from django.db.models import Exists, OuterRef, Q, QuerySet

from evaluations.models import Answer, Evaluation, EvidenceUse

MOST_WORDS = 8
LANGUAGE = "indonesian"  # a configuration that PostgreSQL brings along: "imunisasi" finds "diimunisasi"


def found_by(evaluation: Evaluation, words: str) -> set[int]:
    """Questions of the evaluation that have the words; one statement. Whoever shows them cuts down to what is seen.

    Every word must occur as it is written, whatever its case, in one of the places, or begin the question's code ("21B"
    finds a whole indicator); PostgreSQL finds by stems as well.
    """
    answers = Answer.objects.filter(evaluation=evaluation)
    uses = EvidenceUse.objects.filter(answer=OuterRef("pk"), removed_at__isnull=True)
    wanted = _as_written(words, uses)
    if connections[answers.db].vendor == "postgresql":
        answers = answers.annotate(_text=SearchVector("question__text", "note", config=LANGUAGE))
        wanted |= _by_stem(words, uses)
    return set(answers.filter(wanted).values_list("question_id", flat=True))


def _as_written(words: str, uses: QuerySet[EvidenceUse]) -> Q:
    everywhere = Q()
    for word in words.split()[:MOST_WORDS]:
        named = uses.filter(Q(evidence__title__icontains=word) | Q(evidence__file_name__icontains=word))
        everywhere &= (
            Q(question__code__istartswith=word)
            | Q(question__text__icontains=word)
            | Q(note__icontains=word)
            | Q(Exists(named))
        )
    return everywhere


def _by_stem(words: str, uses: QuerySet[EvidenceUse]) -> Q:
    asked = SearchQuery(words, config=LANGUAGE, search_type="plain")
    named = uses.annotate(_name=SearchVector("evidence__title", "evidence__file_name", config=LANGUAGE))
    return Q(_text=asked) | Q(Exists(named.filter(_name=asked)))
