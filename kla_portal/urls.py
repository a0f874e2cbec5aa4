"""Addresses: Indonesian words, one block per room."""

from django.urls import include, path

from kla_portal import errors, views

urlpatterns = [
    path("", views.home, name="home"),
    path("sehat/", views.health, name="health"),
    path("akun/", include("accounts.login_urls")),
    path("akun/", include("accounts.urls")),
    path("instrumen/", include("clusters.urls")),
    path("pekerjaan/", include("jobs.urls")),
    path("evaluasi/", include("evaluations.urls")),
    path("pemberitahuan/", include("notices.urls")),
    path("verifikasi/", include("verification.urls")),
    path("rapat/", include("followup.urls")),
    path("dokumen/", include("reports.urls")),
    path("periksa/", include("reports.checking.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
handler429 = errors.too_many  # asked for by name by the log-in's rate limits
