"""Boards: look, sort, filter, take along."""

import io

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest, address_of
from evaluations.workbooks.views import XLSX, guarded
from verification import rules
from verification.boards import actions, export, filters, load, losses, page, reading
from verification.boards.filters import Filters
from verification.boards.scope import Scope, read


def scope_or_404(request: UserRequest, *, needs_province: bool = False) -> Scope:
    """The scope the address asks for; there is no board for people of a region."""
    scope = read(request.user, request.GET, needs_province=needs_province)
    if scope is None:
        raise Http404
    return scope


@require_safe
@login_required
def board(request: UserRequest) -> HttpResponse:
    """A province's regions side by side, for the administrator those of the whole country."""
    scope = read(request.user, request.GET)
    if scope is None and rules.sees_board(request.user):
        return render(request, "verification/boards/empty.html")
    found = reading.build(request.user, scope or scope_or_404(request), timezone.now())
    return render(request, "verification/boards/board.html", page.context(found, request.GET))


@require_safe
@login_required
def download(request: UserRequest, form: str) -> HttpResponseBase:
    """The rows that the same address shows, all pages, as XLSX or CSV."""
    scope, now = scope_or_404(request), timezone.now()
    found = reading.build(request.user, scope, now)
    rows = filters.chosen(found, Filters.read(request.GET, found))
    actions.record_download(
        scope=scope, form=form, rows=len(rows), by=request.user, at=now, address=address_of(request)
    )
    name = f"Papan {scope.name} {scope.cycle.name}.{form}"
    if form == "csv":
        return guarded(HttpResponse(export.as_csv(found, rows), content_type="text/csv; charset=utf-8"), name)
    made = io.BytesIO()
    export.write_xlsx(made, found, rows, now)
    return guarded(HttpResponse(made.getvalue(), content_type=XLSX), name)


@require_safe
@login_required
def loads(request: UserRequest) -> HttpResponse:
    """What each verifier has been given and when it will be done; with `?ringkas=1` the card for the board."""
    scope = scope_or_404(request, needs_province=True)
    context = {"scope": scope, "loads": load.build(request.user, scope, timezone.now()), "query": scope.query}
    name = "_load.html" if request.GET.get("ringkas") and request.htmx else "load.html"
    return render(request, f"verification/boards/{name}", context)


@require_safe
@login_required
def losses_page(request: UserRequest) -> HttpResponse:
    """Where the points of a province's closed regions went."""
    scope = scope_or_404(request, needs_province=True)
    context = {"scope": scope, "losses": losses.build(request.user, scope), "query": scope.query}
    return render(request, "verification/boards/losses.html", context)
