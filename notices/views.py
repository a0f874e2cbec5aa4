"""Pages of the news: one's own list, opening one, having read all."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from accounts.people import zone_of
from notices import actions, listing, outbox_page, retrying, rules


@require_safe
@login_required
def index(request: UserRequest) -> HttpResponse:
    """What one was told, unread first."""
    page, days = listing.page_of(request.user, request.GET.get("halaman"), timezone.now())
    newest = rules.visible_notices(request.user).order_by("-pk").values_list("pk", flat=True).first()
    context = {"page": page, "days": days, "zone": zone_of(request.user), "newest": newest}
    return render(request, "notices/index.html", context)


@require_POST
@login_required
def follow(request: UserRequest, pk: int) -> HttpResponse:
    """Where a notice leads; it counts as read from now on."""
    notice = get_object_or_404(rules.visible_notices(request.user), pk=pk)
    actions.mark_read(user_id=request.user.pk, notices=[notice.pk], at=timezone.now())
    inside = url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)  # a path of the portal and nothing else
    return redirect(notice.link if notice.link and inside else "notices:index")


@require_POST
@login_required
def read_all(request: UserRequest) -> HttpResponse:
    """Everything that stood on the page counts as read; what was told meanwhile does not."""
    newest = request.POST.get("sampai", "")
    until = int(newest) if newest.isascii() and newest.isdigit() and len(newest) < 19 else 0
    actions.mark_all_read(user_id=request.user.pk, until=until, at=timezone.now())
    messages.success(request, "Semua pemberitahuan ditandai dibaca.")
    return redirect("notices:index")


@require_safe
@login_required
def mails(request: UserRequest) -> HttpResponse:
    """The outbox: what went, what waits, what did not arrive and why."""
    if not rules.can_see_mails(request.user):
        raise PermissionDenied
    page = outbox_page.build(request.user, request.GET.get("halaman"), timezone.now())
    return render(request, "notices/mails.html", {"outbox": page, "page": page.troubled})


@require_POST
@login_required
def retry_mail(request: UserRequest, pk: int) -> HttpResponse:
    """A mail that was given up, once more."""
    mail = get_object_or_404(rules.visible_mails(request.user), pk=pk)
    try:
        retrying.retry(mail=mail, by=request.user, at=timezone.now())
    except (retrying.NotGivenUp, retrying.NoAddress) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Surel untuk {mail.user} akan dicoba lagi sebentar lagi.")
    return redirect("notices:mails")
