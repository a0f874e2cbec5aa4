"""The front door: sends each role to the page where its work is, and tells load balancers that all is well."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """One address to remember; the list of evaluations leads on (a region with one evaluation goes straight there)."""
    return redirect("evaluations:index")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 with "sehat" when the database answers; used by health checks, shows nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("sehat\n", content_type="text/plain")
