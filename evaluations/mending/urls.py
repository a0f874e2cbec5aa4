"""Addresses of this part of the case file."""

from django.urls import path

from evaluations.mending import views

urlpatterns = [
    path("<int:pk>/pertanyaan/<str:code>/catatan/", views.save_note, name="mend_note"),
]
