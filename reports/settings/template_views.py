"""Word templates of a house: upload, what is wrong with one, how the result looks, back to the portal's own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from reports.houses import House
from reports.models import Document, WordTemplate
from reports.settings import actions
from reports.settings.views import frame, house_to_set
from reports.word import samples, templates, writing
from reports.word.inspecting import MOST_BYTES, inspect
from reports.word.refusal import TemplateRefused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@login_required
def index(request: UserRequest, code: str) -> HttpResponse:
    """The kinds that come as Word, each with the template that counts and the names it may use."""
    house = house_to_set(request, code)
    return _page(request, house, {}, 200)


@require_POST
@login_required
def upload(request: UserRequest, code: str, kind: str) -> HttpResponse:
    """Try a template with example values; only one that can be filled is kept."""
    house = house_to_set(request, code)
    kind = _kind(house, kind)
    try:
        name, content = _received(request)
        writing.tried(kind, house, content)
    except TemplateRefused as refusal:
        return _page(request, house, {kind: refusal.sentence}, 422)
    actions.save_template(house=house, kind=kind, name=name, content=content, by=request.user, at=timezone.now())
    messages.success(request, "Templat disimpan. Beginilah hasilnya dengan isi contoh.")
    return redirect("reports:template_result", code, kind)


@require_safe
@login_required
def result(request: UserRequest, code: str, kind: str) -> HttpResponse:
    """The template that counts, filled with the example: its text, line by line."""
    house = house_to_set(request, code)
    kind = _kind(house, kind)
    context: dict[str, Any] = {"kind": kind, "label": Document.Kind(kind).label, **frame(request, house, "templates")}
    try:
        context["lines"] = writing.tried(kind, house, templates.template_for(house, kind).content).lines
    except TemplateRefused as refusal:
        context["refusal"] = refusal.sentence
    return render(request, "reports/settings/result.html", context)


@require_safe
@login_required
def result_file(request: UserRequest, code: str, kind: str) -> HttpResponse:
    """The same result as a Word file."""
    house = house_to_set(request, code)
    kind = _kind(house, kind)
    try:
        poured = writing.tried(kind, house, templates.template_for(house, kind).content)
    except TemplateRefused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("reports:templates", code)
    return _file(poured.content, f"hasil-contoh-{Document.Kind(kind).label}")


@require_safe
@login_required
def sample(request: UserRequest, code: str, kind: str) -> HttpResponse:
    """The portal's own template, to begin with."""
    kind = _kind(house_to_set(request, code), kind)
    return _file(samples.sample(kind), f"templat-contoh-{Document.Kind(kind).label}")


@require_safe
@login_required
def stored(request: UserRequest, code: str, kind: str) -> HttpResponse:
    """The template as it was uploaded."""
    house = house_to_set(request, code)
    kind = _kind(house, kind)
    found = WordTemplate.objects.filter(kind=kind, **house.keys).first()
    if found is None or not default_storage.exists(found.stored_as):
        raise Http404
    with default_storage.open(found.stored_as) as file:
        return _file(file.read(), f"templat-{Document.Kind(kind).label}")


@require_POST
@login_required
def remove(request: UserRequest, code: str, kind: str) -> HttpResponse:
    """Back to the template of the house above, in the end the portal's own."""
    house = house_to_set(request, code)
    actions.remove_template(house=house, kind=_kind(house, kind), by=request.user, at=timezone.now())
    messages.success(request, "Templat dihapus. Dokumen Word berikutnya memakai templat bawaan.")
    return redirect("reports:templates", code)


def _kind(house: House, kind: str) -> str:
    if kind not in _kinds(house):
        raise Http404
    return kind


def _kinds(house: House) -> list[str]:
    """The governor's letter is the province's alone."""
    return [kind.value for kind in templates.KINDS if house.is_province or kind != Document.Kind.LETTER]


def _received(request: UserRequest) -> tuple[str, bytes]:
    if getattr(request, "refused_uploads", None):
        raise TemplateRefused("too_large")
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise TemplateRefused("empty")
    if file.size > MOST_BYTES:
        raise TemplateRefused("too_large")
    content = file.read()
    inspect(content)
    return (file.name or "templat.docx")[-120:], content


def _page(request: UserRequest, house: House, refusals: dict[str, str], status: int) -> HttpResponse:
    own = {each.kind: each for each in WordTemplate.objects.filter(**house.keys).select_related("uploaded_by")}
    above = house.above
    lent = set(WordTemplate.objects.filter(**above.keys).values_list("kind", flat=True)) if above else set()
    kinds = [
        {
            "kind": kind,
            "label": Document.Kind(kind).label,
            "own": own.get(kind),
            "is_lent": kind in lent,
            "refusal": refusals.get(kind, ""),
            "names": writing.names_of(writing.example_values(kind, house)),
        }
        for kind in _kinds(house)
    ]
    context = {"kinds": kinds, "zone": house.zone, **frame(request, house, "templates")}
    return render(request, "reports/settings/templates.html", context, status=status)


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response
