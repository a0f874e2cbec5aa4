"""Addresses of this part of the case file."""

from django.urls import URLPattern, path

from evaluations.carryover import views

_QUESTION = "<int:pk>/pertanyaan/<str:code>/siklus-lalu/"

urlpatterns: list[URLPattern] = [
    path(f"{_QUESTION}jawaban/", views.take_answer, name="take_answer"),
    path(f"{_QUESTION}bukti/", views.take_documents, name="take_documents"),
    path(f"{_QUESTION}diperiksa/", views.check, name="check_answer"),
    path("<int:pk>/siklus-lalu/", views.overview, name="last_cycle"),
    path("<int:pk>/siklus-lalu/pakai/", views.take_many, name="take_answers"),
]
