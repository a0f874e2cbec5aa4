"""Pages about people: one's own account, accounts of others, the trail."""

from allauth.account import views as allauth_views
from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts import actions, addresses, people, rules
from accounts.forms import (
    ChangePasswordForm,
    EmailForm,
    LinksForm,
    NewPasswordForm,
    PersonForm,
    PostForm,
    UserSearchForm,
)
from accounts.http import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
def log_out(request: HttpRequest) -> HttpResponse:
    """GET asks, POST ends the session and tells the browser to forget what it has kept."""
    response: HttpResponse = allauth_views.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_safe
@login_required
def here(request: UserRequest) -> HttpResponse:
    """204 for somebody who types: like every request it keeps the session awake, and it says when it has ended."""
    return HttpResponse(status=204)


@require_safe
@login_required
def profile(request: UserRequest) -> HttpResponse:
    """One's own account: who one is here, password, second factor, browsers."""
    return render(request, "accounts/profile.html", people.own_account(request.user, request.session.session_key))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@rate_limit(action="change_password")  # type: ignore[untyped-decorator]
def change_password(request: UserRequest) -> HttpResponse:
    """A new password; this browser stays logged in, all others do not."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if not form.is_valid():
        return render(request, "account/password_change.html", {"form": form}, status=422 if form.is_bound else 200)
    user = actions.change_password(
        user=request.user, password=form.cleaned_data["new"], session_key=request.session.session_key, at=timezone.now()
    )
    update_session_auth_hash(request, user)
    actions.move_session(user=user, session_key=request.session.session_key, at=timezone.now())
    messages.success(request, "Kata sandi sudah diganti. Sesi lain sudah diakhiri.")
    return redirect("accounts:profile")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def own_email(request: UserRequest) -> HttpResponse:
    """Where one's own reminders go; only shortly after the password was given."""
    form = EmailForm(request.POST if request.method == "POST" else None, initial={"email": request.user.email})
    if not form.is_valid():
        page = {"form": form, "back": reverse("accounts:profile")}
        return render(request, "accounts/email.html", page, status=422 if form.is_bound else 200)
    actions.change_email(user=request.user, email=form.cleaned_data["email"], by=request.user, at=timezone.now())
    messages.success(request, "Alamat surel disimpan.")
    return redirect("accounts:profile")


@require_POST
@login_required
def switch_digest(request: UserRequest) -> HttpResponse:
    """The daily digest on or off, whichever the form names."""
    wanted = request.POST.get("mau") == "1"
    addresses.switch_digest(user=request.user, wanted=wanted, at=timezone.now())
    messages.success(request, "Ringkasan harian dinyalakan." if wanted else "Ringkasan harian dimatikan.")
    return redirect("accounts:profile")


@require_POST
@login_required
def end_other_sessions(request: UserRequest) -> HttpResponse:
    """Log out everywhere else."""
    ended = actions.end_other_sessions(user=request.user, keep=request.session.session_key, at=timezone.now())
    messages.success(request, f"{ended} sesi lain diakhiri." if ended else "Tidak ada sesi lain.")
    return redirect("accounts:profile")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def first_login(request: HttpRequest, secret: str) -> HttpResponse:
    """The door behind a one-time link; opening the page does not use the link up, setting the password does."""
    try:
        owner = actions.owner_of_link(secret, timezone.now())
        form = NewPasswordForm(request.POST or None, user=owner)
        if not form.is_valid():
            page = {"form": form, "owner": owner}
            return render(request, "accounts/first_login.html", page, status=422 if form.is_bound else 200)
        actions.use_link(secret=secret, password=form.cleaned_data["new"], at=timezone.now())
    except actions.LinkNotValid as refusal:
        return render(request, "accounts/link_not_valid.html", {"sentence": str(refusal)}, status=410)
    messages.success(request, "Kata sandi disimpan. Silakan masuk.")
    return redirect("account_login")


@require_GET
@login_required
def users(request: UserRequest) -> HttpResponse:
    """The accounts this person looks after, searchable, fifty a page."""
    if not rules.can_manage_users(request.user):
        raise PermissionDenied
    form = UserSearchForm(request.GET)
    found = people.page_of(rules.visible_users(request.user), form.wanted(), request.GET.get("halaman"))
    context = {"form": form, "page": found, "own_region": rules.own_region_alone(request.user)}
    return render(request, "accounts/users.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def user_new(request: UserRequest) -> HttpResponse:
    """A new account in two steps: role and place (in the address), then the person; ends with the one-time link."""
    if not rules.can_manage_users(request.user):
        raise PermissionDenied
    post = _post_form(request)
    if not post.is_valid():
        return render(request, "accounts/user_new.html", {"post": post})
    known = {"office": request.GET.get("office", "")}  # from the page of an office that nobody can log in for
    form = PersonForm(request.POST or None, initial=known, **post.cleaned_data)
    if form.is_valid():
        try:
            user = actions.create_user(
                username=form.cleaned_data["username"],
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                post=form.post,
                by=request.user,
                at=timezone.now(),
            )
            return redirect("accounts:user", pk=user.pk)
        except actions.UsernameTaken as refusal:
            form.add_error("username", str(refusal))
    page = {"post": post, "form": form, "own_region": rules.own_region_alone(request.user)}
    return render(request, "accounts/user_new.html", page, status=422 if form.is_bound else 200)


def _post_form(request: UserRequest) -> PostForm:
    """Where there is nothing to choose the first step is taken already, whatever the address says."""
    roles, own = rules.roles_given_by(request.user), rules.own_region_alone(request.user)
    given = {"role": roles[0], "region": own.code} if own is not None else request.GET or None
    return PostForm(given, roles=roles, own_region=own)


@require_safe
@login_required
def user(request: UserRequest, pk: int) -> HttpResponse:
    """One account, with what can be done about it."""
    person = get_object_or_404(rules.visible_users(request.user).select_related("region", "office", "province"), pk=pk)
    return render(request, "accounts/user.html", people.account_of(person, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def user_email(request: UserRequest, pk: int) -> HttpResponse:
    """Where somebody's reminders go."""
    person = get_object_or_404(rules.visible_users(request.user), pk=pk)
    form = EmailForm(request.POST if request.method == "POST" else None, initial={"email": person.email})
    if not form.is_valid():
        page = {"form": form, "person": person, "back": reverse("accounts:user", args=[pk])}
        return render(request, "accounts/email.html", page, status=422 if form.is_bound else 200)
    actions.change_email(user=person, email=form.cleaned_data["email"], by=request.user, at=timezone.now())
    messages.success(request, "Alamat surel disimpan.")
    return redirect("accounts:user", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def links(request: UserRequest) -> HttpResponse:
    """Those who never came in; for the ticked ones a sheet with a one-time link each, shown this once."""
    if not rules.can_manage_users(request.user):
        raise PermissionDenied
    expected = people.newcomers(rules.visible_users(request.user)).select_related("region", "office", "province")
    form = LinksForm(request.POST if request.method == "POST" else None, expected=expected)
    if not form.is_valid():
        page = {"form": form, "people": people.with_open_links(expected, request.GET.get("q", ""))}
        return render(request, "accounts/links.html", page, status=422 if form.is_bound else 200)
    now = timezone.now()
    issued = actions.issue_links(users=form.cleaned_data["users"], by=request.user, at=now)
    page = {"cards": people.cards_of(issued, now + actions.LINK_LIFE), "zone": people.zone_of(request.user)}
    return render(request, "accounts/link_sheet.html", page)


@require_POST
@login_required
def user_link(request: UserRequest, pk: int) -> HttpResponse:
    """A new one-time link, shown this once."""
    person = get_object_or_404(rules.visible_users(request.user).select_related("region", "office", "province"), pk=pk)
    secret = actions.issue_link(user=person, by=request.user, at=timezone.now())
    link = people.address_of_link(secret)
    return render(request, "accounts/user.html", {**people.account_of(person, request.user), "link": link})


@require_POST
@login_required
def user_switch(request: UserRequest, pk: int) -> HttpResponse:
    """Off, or on again, whichever the form names."""
    person = get_object_or_404(rules.visible_users(request.user), pk=pk)
    act = actions.activate if request.POST.get("active") == "1" else actions.deactivate
    try:
        act(user=person, by=request.user, at=timezone.now())
    except actions.OwnAccount as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:user", pk=person.pk)
