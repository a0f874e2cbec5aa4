"""The portal's addresses and, outside of the product, the two limits that pages and saves are held against."""

from django.urls import include, path

from tests.bench import limits

urlpatterns = [
    path("batas/halaman/<int:evaluation>/<slug:code>/", limits.page, name="limit_page"),
    path("batas/simpan/<int:answer>/", limits.update, name="limit_update"),
    path("", include("kla_portal.urls")),
]
handler400 = "kla_portal.errors.bad_request"
handler403 = "kla_portal.errors.forbidden"
handler404 = "kla_portal.errors.not_found"
handler500 = "kla_portal.errors.server_error"
