"""Addresses of the archive of evidence, inside the namespace of paper."""

from django.urls import path

from reports.bundles import views

urlpatterns = [
    path("<int:pk>/arsip-bukti/", views.bundle_page, name="bundle"),
    path("<int:pk>/arsip-bukti/unduh/", views.download, name="bundle_download"),
]
