"""Addresses of this part of the case file."""

from django.urls import URLPattern, path

from evaluations.places import views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/pertanyaan/<str:code>/tempat/<str:group>/", views.tick, name="tick_places"),
    path("<int:pk>/kecamatan/", views.overview, name="districts"),
    path("<int:pk>/kecamatan/buat/", views.open_offices, name="open_district_offices"),
]
