"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from reports import province_views, views
from reports.bundles.urls import urlpatterns as bundle_addresses
from reports.settings import template_views, wording_views
from reports.settings import views as settings_views

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/", views.index, name="index"),
    path("<int:pk>/buat/", views.request_document, name="request"),
    path("berkas/<int:pk>/", views.document, name="document"),
    path("berkas/<int:pk>/coba-lagi/", views.retry, name="retry"),
    path("berkas/<int:pk>/unduh/", views.download, name="download"),
    *bundle_addresses,
    path("provinsi/", province_views.provinces, name="provinces"),
    path("provinsi/<str:code>/<slug:cycle_code>/", province_views.province, name="province"),
    path("provinsi/<str:code>/<slug:cycle_code>/buat/", province_views.request_document, name="request_of_province"),
    path("atur/<str:code>/kop-surat/", settings_views.letterhead, name="letterhead"),
    path("atur/<str:code>/kop-surat/pratinjau/", settings_views.preview, name="preview"),
    path("atur/<str:code>/naskah/", wording_views.texts, name="texts"),
    path("atur/<str:code>/naskah/pratinjau/", wording_views.preview, name="texts_preview"),
    path("atur/<str:code>/templat/", template_views.index, name="templates"),
    path("atur/<str:code>/templat/<slug:kind>/", template_views.upload, name="template_upload"),
    path("atur/<str:code>/templat/<slug:kind>/hapus/", template_views.remove, name="template_remove"),
    path("atur/<str:code>/templat/<slug:kind>/contoh/", template_views.sample, name="template_sample"),
    path("atur/<str:code>/templat/<slug:kind>/unduh/", template_views.stored, name="template_stored"),
    path("atur/<str:code>/templat/<slug:kind>/hasil/", template_views.result, name="template_result"),
    path("atur/<str:code>/templat/<slug:kind>/hasil/unduh/", template_views.result_file, name="template_result_file"),
]
