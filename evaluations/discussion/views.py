"""Doors of a thread: read it whole, say something, withdraw one's own words."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from evaluations import rules
from evaluations.discussion import actions
from evaluations.discussion.forms import CommentForm
from evaluations.discussion.thread import Thread, thread_of
from evaluations.discussion.words import unheard
from evaluations.evidence.forms import sentences
from evaluations.evidence.views.found import answer_or_404
from evaluations.models import Answer, Comment
from evaluations.standing import counted_for
from evaluations.worklist.filters import Filters

SILENT = "Percakapan ini milik daerah; Anda hanya dapat membacanya."

MOST_NAMED = 5  # in the remark about a comment


@require_safe
@login_required
def read(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """The whole thread; a plain click leads to the question's page with all of it."""
    answer = _answer_or_404(request, pk, code)
    if request.htmx:
        return _thread(request, _thread_of(request, answer, whole=True))
    return _whole(request, answer, _thread_of(request, answer, whole=True))


@require_POST
@login_required
def say(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """Add a comment; what is refused stays in the field."""
    answer = _answer_or_404(request, pk, code)
    if not rules.can_comment(request.user, answer.evaluation):
        raise PermissionDenied(SILENT)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _refused(request, answer, " ".join(sentences(form)))
    try:
        said = actions.say(
            answer=answer, text=form.cleaned_data["teks"], token=form.cleaned_data["lembar"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except actions.ThreadFull as refusal:
        return _refused(request, answer, str(refusal))
    return _after(request, answer, said, _remark(said))


@require_POST
@login_required
def withdraw(request: UserRequest, pk: int, code: str, comment_pk: int) -> HttpResponse:
    """Take back one's own comment; nobody else's can be taken back."""
    answer = _answer_or_404(request, pk, code)
    comments = rules.visible_comments(request.user).filter(answer=answer).select_related("answer__evaluation")
    comment = get_object_or_404(comments, pk=comment_pk)
    if comment.said_by_id != request.user.pk:
        raise PermissionDenied("Anda hanya dapat menarik komentar Anda sendiri.")
    actions.withdraw(comment=comment, by=request.user, at=timezone.now())
    return _after(request, answer, comment)


def _answer_or_404(request: UserRequest, pk: int, code: str) -> Answer:
    if not rules.reads_threads(request.user):
        raise Http404
    return answer_or_404(request, pk, code)


def _thread_of(request: UserRequest, answer: Answer, *, whole: bool = False) -> Thread:
    return thread_of(request.user, answer.evaluation, answer, code=answer.question.code, whole=whole)


def _thread(request: UserRequest, thread: Thread, status: int = 200) -> HttpResponse:
    context = {"panel": thread, "trail": Filters.read(request.GET).trail_back}
    return render(request, "evaluations/discussion/_thread.html", context, status=status)


def _whole(request: UserRequest, answer: Answer, thread: Thread, status: int = 200) -> HttpResponse:
    trail = Filters.read(request.GET).trail_back
    context = {"evaluation": answer.evaluation, "question": answer.question, "thread": thread, "trail": trail,
               "standing": counted_for(request.user, answer.evaluation)}  # fmt: skip
    return render(request, "evaluations/discussion/whole.html", context, status=status)


def _refused(request: UserRequest, answer: Answer, sentence: str) -> HttpResponse:
    thread = _thread_of(request, answer).refusing(sentence, request.POST.get("teks", "")[:4000])
    if request.htmx:
        return _thread(request, thread, 422)
    return _whole(request, answer, thread, 422)


def _remark(said: Comment) -> str:
    """Whom a comment means to call and does not; whether such a person exists elsewhere is not told."""
    people = dict(rules.people_of(said.answer).values_list("pk", "username"))
    *first, last = unheard(said.text, {each.lower() for each in people.values()})[:MOST_NAMED] or [""]
    if not last:
        return ""
    names = f"{', '.join(first)} dan {last}" if first else last
    if not people.keys() - {said.said_by_id}:
        return f"{names} tidak diberi tahu: belum ada orang lain yang dapat disebut pada pertanyaan ini."
    return (
        f"{names} tidak diberi tahu: tidak ada yang bernama demikian di antara mereka yang dapat disebut di sini. "
        "Periksa “Siapa yang dapat disebut” di bawah, lalu tulis lagi."
    )


def _after(request: UserRequest, answer: Answer, comment: Comment, remark: str = "") -> HttpResponse:
    if request.htmx:
        return _thread(request, _thread_of(request, answer).remarking(comment.pk, remark))
    messages.success(request, "Percakapan diperbarui.")
    if remark:
        messages.warning(request, remark)
    place = f"komentar-{comment.pk}"
    where = reverse("evaluations:question", args=[answer.evaluation_id, answer.question.code])
    trail = Filters.read(request.GET).trail_back
    return redirect(f"{where}?{trail}#{place}" if trail else f"{where}#{place}")
