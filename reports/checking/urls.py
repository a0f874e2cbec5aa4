"""Addresses anybody may open."""

from django.urls import URLPattern, URLResolver, path

from reports.checking import views

app_name = "checking"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("<str:typed>/", views.paper, name="paper"),
]
