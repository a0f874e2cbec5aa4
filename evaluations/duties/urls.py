"""Addresses of this part of the case file."""

from django.urls import URLPattern, path

from evaluations.duties import exchange, views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/pembagian/", views.duties, name="duties"),
    path("<int:pk>/pembagian/perangkat-daerah/", views.offices, name="duty_offices"),
    path("<int:pk>/pembagian/beberapa/", views.several, name="duties_several"),
    path("<int:pk>/pembagian/unduh/", exchange.download, name="duties_download"),
    path("<int:pk>/pembagian/unggah/", exchange.upload, name="duties_upload"),
    path("<int:pk>/pembagian/unggah/simpan/", exchange.confirm, name="duties_confirm"),
    path("<int:pk>/pembagian/batal/<int:event>/", views.undo, name="duties_undo"),
    path("<int:pk>/pembagian/pertanyaan/<str:code>/", views.duty, name="duty"),
]
