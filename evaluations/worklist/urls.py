"""Addresses of this part of the case file."""

from django.urls import URLPattern, path

from evaluations.worklist import views

_ANSWER = "<int:pk>/pertanyaan/<str:code>/"

urlpatterns: list[URLPattern] = [
    path("tugas/", views.my_tasks, name="my_tasks"),
    path("tugas/jumlah/", views.my_count, name="my_count"),
    path("<int:pk>/tugas/", views.tasks, name="tasks"),
    path(f"{_ANSWER}keadaan/", views.state, name="state"),
    path(f"{_ANSWER}konfirmasi/", views.confirm, name="confirm"),
    path(f"{_ANSWER}konfirmasi/tarik/", views.unconfirm, name="unconfirm"),
]
