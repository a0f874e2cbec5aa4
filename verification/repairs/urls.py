"""Addresses of this part of the room."""

from django.urls import URLPattern, URLResolver, path

from verification.repairs import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/perbaikan/", views.index, name="repairs"),
    path("<int:pk>/perbaikan/buka/", views.open_window, name="open_repairs"),
    path("<int:pk>/perbaikan/<int:window_pk>/perpanjang/", views.extend, name="extend_repairs"),
]
