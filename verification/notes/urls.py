"""Addresses of this part of the room."""

from django.urls import path

from verification.notes import views

urlpatterns = [
    path("<int:pk>/pertanyaan/<str:code>/bukti/<int:evidence_pk>/catatan/", views.write, name="write_note"),
    path(
        "<int:pk>/pertanyaan/<str:code>/bukti/<int:evidence_pk>/catatan/<int:note_pk>/hapus/", views.remove,
        name="remove_note",
    ),
]  # fmt: skip
