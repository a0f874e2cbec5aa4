"""Pages one reads: the library, one document, the list of an answer's documents, a link that leads away."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from evaluations import readers, rules
from evaluations.evidence import actions, listing, pictures, sheets, suggestions, versions
from evaluations.evidence import library as shelves
from evaluations.evidence.forms import ChosenForm
from evaluations.evidence.links import host_of
from evaluations.evidence.picking import picking_for
from evaluations.evidence.views.answers import to_document
from evaluations.evidence.views.found import answer_or_404, block_of, evidence_or_404
from evaluations.mending import rules as mending
from evaluations.models import Evidence
from evaluations.standing import counted_for, standing_for
from evaluations.worklist.origin import Origin

PER_PAGE = 50


@require_safe
@login_required
def library(request: UserRequest, pk: int) -> HttpResponse:
    """All documents of an evaluation that the person may see, narrowed and searched."""
    evaluation = get_object_or_404(rules.visible_evaluations(request.user).for_page(), pk=pk)
    chosen = ChosenForm(request.GET).chosen
    documents = listing.with_thumbnails(shelves.documents(evaluation, request.user, chosen))
    page = Paginator(documents, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "evaluation": evaluation,
        "standing": standing_for(request.user, evaluation),
        "rows": listing.rows(list(page), request.user),
        "page": page,
        "chosen": chosen,
        "choices": shelves.choices(evaluation, request.user),
        "kinds": Evidence.DocumentKind.choices,
        "marks": shelves.MARKS if rules.can_see_warnings(request.user) else shelves.OPEN_MARKS,
        "query": _query(request),
        "base": reverse("evaluations:library", args=[pk]),
        "picking": picking_for(request.user, evaluation, request.GET, timezone.now()),
        "only_own": rules.sees_only_own_questions(request.user),
        "can_edit": rules.can_answer(request.user, evaluation),
    }
    return render(request, "evaluations/evidence/library.html", context)


@require_safe
@login_required
def viewer(request: UserRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """One document, large: its pages one below the other, what is known of it, what can be done with it."""
    evidence = evidence_or_404(request, pk, evidence_pk)
    is_office = evidence.media_type in pictures.OFFICE
    chain = versions.chain_of(evidence, request.user)
    is_sent = evidence.evaluation.is_submitted
    own_codes, origin = listing.codes_for(evidence, request.user), Origin.read(request.GET)
    can_edit = rules.can_answer(request.user, evidence.evaluation) or mending.can_mend_document(
        request.user, evidence, timezone.now()
    )
    left = rules.visible_uploads(request.user).unfinished().filter(replaces=evidence).order_by("pk")
    context = {
        "evaluation": evidence.evaluation,
        "evidence": evidence,
        "standing": counted_for(request.user, evidence.evaluation),
        "row": listing.rows([evidence], request.user)[0],
        "batches": [] if evidence.is_withheld else sheets.batches(evidence),
        "preview": pictures.preview_of(evidence) if is_office and not evidence.is_withheld else None,
        "is_office": is_office,
        "versions": chain,
        "uploads": list(left) if can_edit else [],
        "newer": next((each for each in chain if each.is_newest and not each.is_this and each.can_open), None),
        "can_edit": can_edit,
        "own_codes": own_codes,
        "origin": origin if origin.code in own_codes else Origin(),
        "suggestions": suggestions.for_page(evidence),
        "notes": readers.notes_on(request.user, [evidence.pk]).get(evidence.pk, []) if is_sent else [],
    }
    return render(request, "evaluations/evidence/viewer.html", context)


def _query(request: UserRequest) -> str:
    """What narrows the list, for the links to its other pages."""
    kept = request.GET.copy()
    kept.pop("halaman", None)
    return kept.urlencode()


@require_safe
@login_required
def sheet(request: UserRequest, pk: int, evidence_pk: int, first: int) -> HttpResponse:
    """One batch of pages, asked for again and again while it is drawn; a plain click leads to the whole document."""
    evidence = evidence_or_404(request, pk, evidence_pk)
    batch = sheets.batch(evidence, first)
    if batch is None:
        raise Http404
    if not request.headers.get("HX-Request"):
        return to_document(request, pk, evidence_pk)
    return _batch(request, evidence, batch)


@require_POST
@login_required
def prepare(request: UserRequest, pk: int, evidence_pk: int, first: int) -> HttpResponse:
    """Ask for pictures of a batch that nobody has looked at yet; reading is enough to be allowed."""
    evidence = evidence_or_404(request, pk, evidence_pk)
    batch = sheets.batch(evidence, first)
    if batch is None:
        raise Http404
    if batch.state in (sheets.State.UNASKED, sheets.State.FAILED):
        actions.ask_for_pages(evidence=evidence, first=first, at=timezone.now())
    return sheet_again(request, pk, evidence_pk, first)


def sheet_again(request: UserRequest, pk: int, evidence_pk: int, first: int) -> HttpResponse:
    """The batch as it stands after the promise."""
    if not request.headers.get("HX-Request"):
        return to_document(request, pk, evidence_pk)
    evidence = evidence_or_404(request, pk, evidence_pk)
    return _batch(request, evidence, sheets.batch(evidence, first))


def _batch(request: UserRequest, evidence: Evidence, batch: sheets.Batch | None) -> HttpResponse:
    context = {"evidence": evidence, "batch": batch, "origin": Origin.read(request.GET).query}
    return render(request, "evaluations/evidence/_sheets.html", context)


@require_safe
@login_required
def uses(request: UserRequest, pk: int, code: str) -> HttpResponse:
    """The list of an answer's documents alone, or the part of one that waits for its thumbnail."""
    answer = answer_or_404(request, pk, code)
    if not request.headers.get("HX-Request"):
        return redirect("evaluations:question", pk=pk, code=code)
    block = block_of(request, answer)
    asked = request.GET.get("bukti", "")
    use = next((each for each in block.uses if str(each.document.evidence_id) == asked), None)
    if use is None:
        return render(request, "evaluations/evidence/_uses.html", {"block": block})
    return render(request, "evaluations/evidence/_live.html", {"block": block, "use": use})


@require_safe
@login_required
def leave(request: UserRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """The whole address of a link before one follows it out of the portal."""
    evidence = evidence_or_404(request, pk, evidence_pk)
    if evidence.is_file:
        raise Http404
    context = {"evaluation": evidence.evaluation, "evidence": evidence, "host": host_of(evidence.url)}
    return render(request, "evaluations/evidence/leave.html", context)
