"""Addresses of this part of the room."""

from django.urls import URLPattern, URLResolver, path

from verification.figures import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/angka/", views.enter, name="figures"),
]
