"""The list of tasks, the lead's word on a shared answer, and how a question stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from accounts.models import User
from clusters.catalogue import catalogue_of
from clusters.stages import Stage
from evaluations import question_page, rules, windows
from evaluations.actions import AlreadySubmitted, Conflict
from evaluations.models import Answer, Evaluation, Responsibility
from evaluations.places.known import units_known
from evaluations.standing import standing_for
from evaluations.worklist import actions, fragments, state_block, tasks_page
from evaluations.worklist.filters import Filters
from evaluations.worklist.forms import VersionForm
from kla_portal.numbers import angka, saat

NOT_THE_LEAD = "Jawaban bersama dikonfirmasi oleh perangkat daerah penanggung jawab atau operator daerah."


@require_safe
@login_required
def my_tasks(request: UserRequest) -> HttpResponse:
    """The list of the evaluation that is being worked on, or else of the latest; with several of them, the choice."""
    if first := _pressing(request.user):
        return redirect("evaluations:tasks", first)
    found = _newest_first(request.user)
    return redirect("evaluations:tasks", found[0]) if found.count() == 1 else redirect("evaluations:index")


@require_safe
@login_required
def my_count(request: UserRequest) -> HttpResponse:
    """The counter of open tasks for a page that belongs to no evaluation; 204 where there is nothing to count."""
    pressing = _pressing(request.user)
    found = rules.visible_evaluations(request.user).for_page().filter(pk=pressing or 0, submitted_at__isnull=True)
    if (evaluation := found.first()) is None:
        return HttpResponse(status=204)
    standing = standing_for(request.user, evaluation)
    return render(request, "evaluations/worklist/_count.html", {"count": standing.open_tasks})


def _pressing(user: User) -> int | None:
    """The evaluation that somebody of one region is working on."""
    if not rules.works_in_one_region(user):
        return None
    pressing = Q(submitted_at__isnull=True) | Q(repair_until__gt=timezone.now())
    return _newest_first(user).filter(pressing).first()


def _newest_first(user: User) -> QuerySet[Evaluation, int]:
    """Keys of all evaluations that the user may see, those still open first."""
    return rules.visible_evaluations(user).order_by("submitted_at", "-cycle__code").values_list("pk", flat=True)


@require_safe
@login_required
def tasks(request: UserRequest, pk: int) -> HttpResponse:
    """What is left to do for this user, cut down by the filters in the address."""
    evaluation = get_object_or_404(rules.visible_evaluations(request.user).for_page().with_window(Stage.EM), pk=pk)
    standing, at = standing_for(request.user, evaluation), timezone.now()
    page = tasks_page.build(request.user, standing, Filters.read(request.GET), request.GET.get("halaman"), at)
    context = {
        "evaluation": evaluation,
        "standing": standing,
        "page": page,
        "filters": page.filters,
        "current": "tasks",
        "closes_at": vars(evaluation)["closes_at"],
        "mending_until": evaluation.mending_until(at),
        "left": (evaluation.repair_until or at) - at,
        "at": at,
        "token": get_token(request),
    }
    return render(request, "evaluations/worklist/tasks.html", context)


@require_POST
@login_required
def confirm(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """The lead stands by a shared answer."""
    return _decided(request, pk, code, undo=False)


@require_POST
@login_required
def unconfirm(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """The lead takes it back."""
    return _decided(request, pk, code, undo=True)


@require_safe
@login_required
def state(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """How a question stands now, for its page after evidence has come or gone; a plain click leads to that page."""
    answer = _answer_or_404(request, pk, code)
    if not request.htmx:
        return redirect("evaluations:question", pk, code)
    return HttpResponse(_block_and_counters(request, answer))


def _decided(request: UserRequest, pk: int, code: str, *, undo: bool) -> HttpResponse:
    """One decision of the lead; what was not done is said where the state stands."""
    answer = _answer_or_404(request, pk, code)
    if not rules.can_confirm(request.user, answer.evaluation, answer.lead_office_id):  # type: ignore[attr-defined]
        sentence = str(AlreadySubmitted()) if answer.evaluation.is_submitted else NOT_THE_LEAD
        return _shown(request, answer, sentence, 403)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _shown(request, answer, "Muat ulang halaman ini, periksa jawabannya, lalu konfirmasi lagi.", 422)
    act = actions.unconfirm if undo else actions.confirm
    try:
        act(answer=answer, version=form.cleaned_data["version"], by=request.user, at=timezone.now())
    except Conflict as conflict:
        return _shown(request, answer, _changed(conflict.current, answer.evaluation), 409)
    except (actions.NothingToConfirm, AlreadySubmitted, windows.WindowClosed) as refusal:
        return _shown(request, answer, str(refusal), 409)
    return _shown(request, answer, "", 200)


def _answer_or_404(request: UserRequest, pk: int, code: str) -> Answer:
    answers = rules.visible_answers(request.user).annotate(lead_office_id=Responsibility.lead_of_answer())
    found = answers.select_related("evaluation__region", "evaluation__cycle__instrument", "question")
    return get_object_or_404(found, evaluation_id=pk, question__code=code)


def _changed(current: Answer, evaluation: Evaluation) -> str:
    """Why the word was not taken: what stands now, and who put it there."""
    stands = f"{current.option or current.reason or 'dikosongkan'} ({angka(current.points)})"
    saved = saat(current.saved_at, evaluation.region.time_zone)
    return (
        f"Jawaban berubah sejak halaman ini dibuka. Yang tersimpan sekarang: {stands}, oleh "
        f"{current.saved_by or 'impor'}, {saved}. Periksa, lalu konfirmasi lagi."
    )


def _shown(request: UserRequest, answer: Answer, refused: str, status: int) -> HttpResponse:
    """The state as it is now: as a fragment, in the list one came from, or on the question's page."""
    code, filters = answer.question.code, Filters.read(request.GET)
    if request.htmx:
        return HttpResponse(_block_and_counters(request, answer, refused), status=status)
    if refused:
        can_edit = rules.can_claim(request.user, answer.evaluation)
        context = question_page.build(
            request.user, answer.evaluation, code, can_edit=can_edit, at=timezone.now(), filters=filters
        )
        context["keadaan"] = context["keadaan"].refusing(refused)
        return render(request, "evaluations/question.html", context, status=status)
    if request.POST.get("tampilan") == "daftar":
        messages.success(request, f"Jawaban {code} dikonfirmasi.")
        address = reverse("evaluations:tasks", args=[answer.evaluation_id])
        return redirect(f"{address}?{filters.query()}" if filters.query() else address)
    address = reverse("evaluations:question", args=[answer.evaluation_id, code])
    return redirect(f"{address}?{filters.trail_back}" if filters.is_list else address)


def _block_and_counters(request: UserRequest, answer: Answer, refused: str = "") -> str:
    evaluation, filters = answer.evaluation, Filters.read(request.GET)
    entry = catalogue_of(evaluation.cycle.instrument).by_pk[answer.question_id]
    fresh = question_page.answer_of(request.user, evaluation, entry)
    standing = standing_for(request.user, evaluation)
    trail = filters.trail_back
    responsible = question_page.responsible_for(evaluation, entry)
    units = units_known(evaluation.region_id, [entry])
    block = state_block.block_for(request.user, standing, entry, fresh, responsible, units=units, trail=trail)
    return fragments.state(block.refusing(refused), standing, request)
