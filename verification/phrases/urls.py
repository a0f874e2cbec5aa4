"""Addresses of this part of the room."""

from django.urls import path

from verification.phrases import views

urlpatterns = [
    path("frasa/", views.index, name="phrases"),
    path("frasa/simpan/", views.keep, name="keep_phrase"),
    path("frasa/<int:pk>/", views.edit, name="phrase"),
    path("frasa/<int:pk>/hapus/", views.drop, name="drop_phrase"),
    path("frasa/<int:pk>/pakai/", views.use, name="use_phrase"),
]
