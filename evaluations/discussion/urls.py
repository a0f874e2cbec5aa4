"""Addresses of this part of the case file."""

from django.urls import URLPattern, path

from evaluations.discussion import views

_THREAD = "<int:pk>/pertanyaan/<str:code>/percakapan/"

urlpatterns: list[URLPattern] = [
    path(_THREAD, views.read, name="thread"),
    path(f"{_THREAD}tulis/", views.say, name="comment"),
    path(f"{_THREAD}<int:comment_pk>/tarik/", views.withdraw, name="withdraw_comment"),
]
