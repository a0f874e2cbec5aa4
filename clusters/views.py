"""The instrument as pages to read: editions, clusters, questions, a search over them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from clusters import reading, rules
from clusters.forms import SearchForm
from clusters.matrices import read_columns


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All editions of the instrument."""
    instruments = rules.visible_instruments(request.user).with_counts().order_by("-loaded_at")
    return render(request, "clusters/index.html", {"instruments": instruments})


@login_required
@require_safe
@vary_on_headers("HX-Request")
def instrument(request: HttpRequest, code: str) -> HttpResponse:
    """One edition: clusters, predicates, remarks, and the search; htmx gets the results alone."""
    shown = get_object_or_404(rules.visible_instruments(request.user).with_counts(), code=code)
    form = SearchForm(request.GET)
    words = form.cleaned_data["cari"] if form.is_valid() else ""
    found = reading.search(shown, words) if words else None
    context = {"instrument": shown, "form": form, "words": words, "found": found}
    if request.headers.get("HX-Request"):
        return render(request, "clusters/_found.html", context)
    context["clusters"] = shown.clusters.with_counts()
    context["stretches"] = reading.stretches(shown)
    return render(request, "clusters/instrument.html", context)


@login_required
@require_safe
def cluster(request: HttpRequest, code: str, cluster_code: str) -> HttpResponse:
    """One cluster with the questions of its indicators."""
    edition = get_object_or_404(rules.visible_instruments(request.user), code=code)
    shown = get_object_or_404(edition.clusters.select_related("instrument").with_counts(), code=cluster_code)
    context = {
        "instrument": edition,
        "clusters": edition.clusters.with_counts(),
        "cluster": shown,
        "blocks": reading.blocks(shown),
    }
    return render(request, "clusters/cluster.html", context)


@login_required
@require_safe
def question(request: HttpRequest, code: str, question_code: str) -> HttpResponse:
    """One question: what it is worth, who answers, which evidence proves it."""
    edition = get_object_or_404(rules.visible_instruments(request.user), code=code)
    shown = get_object_or_404(edition.questions.select_related("instrument", "indicator__cluster"), code=question_code)
    context = {
        "instrument": edition,
        "clusters": edition.clusters.with_counts(),
        "row": reading.row(shown),
        "options": shown.options.all(),
        "columns": read_columns(shown.matrix_columns) if shown.matrix else (),
        "previous": edition.questions.before(shown).first(),
        "following": edition.questions.after(shown).first(),
    }
    return render(request, "clusters/question.html", context)
