"""The trail as a page and as a file."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import rules
from accounts.http import UserRequest
from accounts.journal import exporting, listing
from accounts.journal.forms import TrailForm
from accounts.journal.narrowing import narrowed
from accounts.models import AuditEvent

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
@login_required
def audit(request: UserRequest) -> HttpResponse:
    """The trail, newest first."""
    form, events = _asked(request)
    page = listing.page_of(request.user, events, before=form.place("before"), after=form.place("after"))
    query = request.GET.copy()
    for place in ("before", "after"):
        query.pop(place, None)
    context = {"form": form, "page": page, "query": query.urlencode(), "is_narrowed": any(query.values())}
    return render(request, "accounts/journal/audit.html", context)


@require_GET
@login_required
def export(request: UserRequest) -> HttpResponseBase:
    """What fits, as CSV or XLSX; who takes it is written down first."""
    form, events = _asked(request)
    format, at = request.GET.get("format", "csv"), timezone.now()
    if format not in FORMATS:
        raise PermissionDenied("Jejak dapat diekspor sebagai CSV atau XLSX.")
    count, last = events.count(), events.aggregate(last=Max("pk"))["last"] or 0
    if format == "xlsx" and count > exporting.MOST_IN_SHEET:
        context = {"count": count, "most": exporting.MOST_IN_SHEET, "query": request.GET.urlencode()}
        return render(request, "accounts/journal/too_many.html", context, status=422)
    region = rules.own_region_alone(request.user)
    exporting.record_export(wanted=form.wanted, format=format, count=count, region=region, by=request.user, at=at)
    name = f"jejak-kegiatan-{timezone.localdate(at):%Y-%m-%d}.{format}"
    if format == "csv":
        response: HttpResponseBase = StreamingHttpResponse(exporting.as_csv(request.user, events, last))
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        response = FileResponse(
            exporting.as_workbook(request.user, events, last, at), as_attachment=True, filename=name
        )
    response["Content-Type"] = FORMATS[format]
    return response


def _asked(request: UserRequest) -> tuple[TrailForm, QuerySet[AuditEvent]]:
    if not rules.can_read_trail(request.user):
        raise PermissionDenied
    form = TrailForm(request.GET, regions=rules.regions_of_trail(request.user))
    return form, narrowed(rules.visible_events(request.user), form.wanted, request.user)
