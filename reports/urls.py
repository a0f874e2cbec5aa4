"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from reports import views
from reports.bundles.urls import urlpatterns as bundle_addresses

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/", views.index, name="index"),
    path("<int:pk>/buat/", views.request_document, name="request"),
    path("<int:pk>/kop-surat/", views.letterhead, name="letterhead"),
    path("<int:pk>/kop-surat/pratinjau/", views.preview, name="preview"),
    path("berkas/<int:pk>/", views.document, name="document"),
    path("berkas/<int:pk>/coba-lagi/", views.retry, name="retry"),
    path("berkas/<int:pk>/unduh/", views.download, name="download"),
    *bundle_addresses,
]
